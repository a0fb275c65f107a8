using Npgsql;
using NpgsqlTypes;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>The appends that go to PostgreSQL in one statement, as columns.</summary>
internal sealed class AppendBatch
{
    private readonly List<AppendWork> _works = [];
    private readonly List<string> _tenants = [];
    private readonly List<string> _regions = [];
    private readonly List<string> _entities = [];
    private readonly List<long> _versions = [];
    private readonly List<string> _kinds = [];
    private readonly List<string?> _feeds = [];
    private readonly List<DateTime> _ats = [];
    private readonly List<byte[]> _bodies = [];

    public IReadOnlyList<AppendWork> Works => _works;

    public int Events => _versions.Count;

    public long Bytes { get; private set; }

    public void Add(AppendWork work)
    {
        var key = work.Stream.Key;
        for (var i = 0; i < work.Count; i++)
        {
            _tenants.Add(key.Entity.Tenant.Value);
            _regions.Add(key.Region);
            _entities.Add(key.Entity.Id);
            _versions.Add(work.FirstVersion + i);
            _kinds.Add(work.Kinds[i]);
            _feeds.Add(work.Feeds[i]);
            _ats.Add(work.At.UtcDateTime);
            _bodies.Add(work.Bodies[i]);
        }

        _works.Add(work);
        Bytes += work.Bytes;
    }

    /// <summary>Sends it. The same number again, after an answer that got lost, is answered and not written again.</summary>
    public async Task<(long Before, int[] Refused)> SendAsync(NpgsqlConnection connection, Guid writer, long number, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT before, refused FROM journal_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", connection);
        var parameters = command.Parameters;
        parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = writer });
        parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = number });
        AddArray(parameters, NpgsqlDbType.Text, _tenants);
        AddArray(parameters, NpgsqlDbType.Text, _regions);
        AddArray(parameters, NpgsqlDbType.Text, _entities);
        AddArray(parameters, NpgsqlDbType.Bigint, _versions);
        AddArray(parameters, NpgsqlDbType.Text, _kinds);
        AddArray(parameters, NpgsqlDbType.Text, _feeds);
        AddArray(parameters, NpgsqlDbType.TimestampTz, _ats);
        AddArray(parameters, NpgsqlDbType.Bytea, _bodies);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), await reader.GetFieldValueAsync<int[]>(1, ct));
    }

    public void Clear()
    {
        _works.Clear();
        _tenants.Clear();
        _regions.Clear();
        _entities.Clear();
        _versions.Clear();
        _kinds.Clear();
        _feeds.Clear();
        _ats.Clear();
        _bodies.Clear();
        Bytes = 0;
    }

    private static void AddArray<T>(NpgsqlParameterCollection parameters, NpgsqlDbType element, List<T> values) =>
        parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | element, Value = values });
}
