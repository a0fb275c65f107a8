using Npgsql;
using NpgsqlTypes;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>The appends that go to PostgreSQL in one statement, as columns: of each stream what it must stand at, of each event what is written.</summary>
internal sealed class AppendBatch
{
    /// <summary>No stream stands at it: it is refused.</summary>
    private const long Never = -1;

    private readonly List<AppendWork> _works = [];
    private readonly Dictionary<StreamKey, (int Place, long Version)> _places = [];
    private readonly List<string> _streamTenants = [];
    private readonly List<string> _streamRegions = [];
    private readonly List<string> _streamEntities = [];
    private readonly List<long> _streamVersions = [];
    private readonly List<int> _streams = [];
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
        var place = PlaceOf(key, work);
        for (var i = 0; i < work.Count; i++)
        {
            _streams.Add(place);
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

    /// <summary>Its stream's place in the batch, from 1: by these streams are refused.</summary>
    public int PlaceOf(AppendWork work) => _places[work.Stream.Key].Place;

    /// <summary>Sends it. The same number again, after an answer that got lost, is answered and not written again.</summary>
    /// <param name="again">The number may have been sent before.</param>
    /// <returns>The position before its first event, and the places of refused streams in their order.</returns>
    public async Task<(long Before, int[] Refused)> SendAsync(NpgsqlConnection connection, Guid writer, long number, bool again, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "SELECT before, refused FROM journal_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)", connection);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { NpgsqlDbType = NpgsqlDbType.Uuid, TypedValue = writer });
        parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = number });
        parameters.Add(new NpgsqlParameter<bool> { NpgsqlDbType = NpgsqlDbType.Boolean, TypedValue = again });
        AddArray(parameters, NpgsqlDbType.Text, _streamTenants);
        AddArray(parameters, NpgsqlDbType.Text, _streamRegions);
        AddArray(parameters, NpgsqlDbType.Text, _streamEntities);
        AddArray(parameters, NpgsqlDbType.Bigint, _streamVersions);
        AddArray(parameters, NpgsqlDbType.Integer, _streams);
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
        _places.Clear();
        _streamTenants.Clear();
        _streamRegions.Clear();
        _streamEntities.Clear();
        _streamVersions.Clear();
        _streams.Clear();
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

    private int PlaceOf(StreamKey key, AppendWork work)
    {
        var (place, version) = _places.GetValueOrDefault(key);
        if (place == 0)
        {
            place = _places.Count + 1;
            _streamTenants.Add(key.Entity.Tenant.Value);
            _streamRegions.Add(key.Region);
            _streamEntities.Add(key.Entity.Id);
            _streamVersions.Add(work.FirstVersion - 1);
        }
        else if (work.FirstVersion != version + 1)
        {
            _streamVersions[place - 1] = Never; // Two activations in one batch: neither can know what the other was told.
        }

        _places[key] = (place, work.FirstVersion + work.Count - 1);
        return place;
    }

    private static void AddArray<T>(NpgsqlParameterCollection parameters, NpgsqlDbType element, List<T> values) =>
        parameters.Add(new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | element, TypedValue = values });
}
