using Npgsql;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>Messages of conversations, each once, as three arrays: tenant, conversation and number.</summary>
internal sealed class NumberedKeys
{
    private readonly HashSet<(string Tenant, string Conversation, int Number)> _known = [];
    private readonly Column<string?> _tenants = new(NpgsqlTypes.NpgsqlDbType.Text);
    private readonly Column<string?> _conversations = new(NpgsqlTypes.NpgsqlDbType.Text);
    private readonly Column<int> _numbers = new(NpgsqlTypes.NpgsqlDbType.Integer);

    public int Count => _known.Count;

    public bool Holds((string Tenant, string Conversation, int Number) key) => _known.Contains(key);

    public void Add((string Tenant, string Conversation, int Number) key)
    {
        if (_known.Add(key))
        {
            _tenants.Values.Add(StoredText.Of(key.Tenant));
            _conversations.Values.Add(StoredText.Of(key.Conversation));
            _numbers.Values.Add(key.Number);
        }
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(_tenants.Parameter);
        parameters.Add(_conversations.Parameter);
        parameters.Add(_numbers.Parameter);
    }

    public void Clear()
    {
        _known.Clear();
        _tenants.Clear();
        _conversations.Clear();
        _numbers.Clear();
    }
}
