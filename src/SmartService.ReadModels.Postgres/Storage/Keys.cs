using Npgsql;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>Keys of rows, each once, as two arrays: tenant and id.</summary>
internal sealed class Keys
{
    private readonly HashSet<(string Tenant, string Id)> _known = [];
    private readonly Column<string?> _tenants = new(NpgsqlTypes.NpgsqlDbType.Text);
    private readonly Column<string?> _ids = new(NpgsqlTypes.NpgsqlDbType.Text);

    public int Count => _known.Count;

    public bool Holds((string Tenant, string Id) key) => _known.Contains(key);

    public void Add((string Tenant, string Id) key)
    {
        if (_known.Add(key))
        {
            _tenants.Values.Add(StoredText.Of(key.Tenant));
            _ids.Values.Add(StoredText.Of(key.Id));
        }
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(_tenants.Parameter);
        parameters.Add(_ids.Parameter);
    }

    public void Clear()
    {
        _known.Clear();
        _tenants.Clear();
        _ids.Clear();
    }
}
