using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using SmartService.Domain;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>The journal on PostgreSQL. Silos write through their writer; everybody reads.</summary>
internal sealed class PostgresJournal(
    NpgsqlDataSource database, JournalHead head, RecentEvents recent, EventCodecs codecs, TimeProvider clock, IServiceProvider services) : IJournal
{
    private const int MostAtOnce = 4_096;
    private const int FeedBatch = 256;
    private readonly StreamOpener _opener = new(database);
    private readonly Lazy<JournalWriter?> _writer = new(() => (JournalWriter?)services.GetService(typeof(JournalWriter)));

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public long Head => head.Position;

    public async ValueTask<JournalStream> OpenAsync(StreamKey key, CancellationToken ct) => await _opener.OpenAsync(key, ct);

    public Task AppendAsync(JournalStream stream, long expectedVersion, ImmutableArray<object> events, CustomerId? feed)
    {
        var opened = (ClusterStream)stream;
        if (opened.IsBroken)
        {
            throw new JournalException("Another activation wrote first; nothing was written.", outcomeKnown: true, new LostRaceException(stream.Key));
        }

        var (kinds, bodies, feeds) = (new string[events.Length], new byte[events.Length][], new string?[events.Length]);
        var buffer = _buffer ??= new(4_096);
        for (var i = 0; i < events.Length; i++)
        {
            var kind = codecs.Of(events[i]);
            buffer.ResetWrittenCount();
            EventCodecs.Write(kind, events[i], buffer);
            (kinds[i], bodies[i], feeds[i]) = (kind.Name, buffer.WrittenSpan.ToArray(), kind.Audience == Audience.Customer ? feed?.Value : null);
        }

        // PostgreSQL keeps microseconds: what is told now is what will be read later.
        var now = clock.GetUtcNow();
        var work = new AppendWork(opened, expectedVersion + 1, kinds, bodies, feeds, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
        (_writer.Value ?? throw new InvalidOperationException("This process keeps no entities: it has the role gateway.")).Enqueue(work);
        return work.Committed;
    }

    public async ValueTask<IReadOnlyList<JournalledEvent>> ReadStreamAsync(JournalStream stream, long afterVersion, CancellationToken ct) =>
        await ReadHistoryAsync(stream.Key, afterVersion, stream.OpenedVersion, ct);

    public async ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct) =>
        await ReadHistoryAsync(new(region, key), 0, long.MaxValue, ct);

    public async ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return recent.TryRead(after, limit)
            ?? (IReadOnlyList<JournalledEvent>)[.. (await ReadRowsAsync(after, Math.Min(limit, MostAtOnce), ct)).Select(r => r.Decode(codecs))];
    }

    /// <summary>Rows after a position, in order, without those that were overwritten.</summary>
    public async Task<List<JournalRow>> ReadRowsAsync(long after, int limit, CancellationToken ct) => await ReadAsync(
        $"SELECT {JournalRow.Columns} FROM journal WHERE position > $1 AND kind <> '' ORDER BY position LIMIT $2",
        parameters =>
        {
            parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = after });
            parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = limit });
        },
        JournalRow.Read,
        ct);

    public ValueTask WaitBeyondAsync(long position, CancellationToken ct) => head.WaitBeyondAsync(position, ct);

    public void Handled(long upTo) => recent.Release(upTo);

    public async IAsyncEnumerable<JournalledEvent> ReadFeedAsync(FeedKey feed, long after, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        // Staff see every event of their tenant, from any entity: read along the journal. A customer's feed has an index.
        var which = feed.Customer is null ? "tenant = $4" : "tenant = $4 AND feed = $5";
        while (after < upTo)
        {
            var rows = await ReadAsync(
                $"SELECT {JournalRow.Columns} FROM journal WHERE position > $1 AND position <= $2 AND kind <> '' AND {which} ORDER BY position LIMIT $3",
                parameters =>
                {
                    parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = after });
                    parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = upTo });
                    parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = FeedBatch });
                    parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = feed.Tenant.Value });
                    if (feed.Customer is { } customer)
                    {
                        parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = customer.Value });
                    }
                },
                JournalRow.Read,
                ct);
            foreach (var row in rows)
            {
                yield return row.Decode(codecs);
            }

            if (rows.Count < FeedBatch)
            {
                yield break;
            }

            after = rows[^1].Position;
        }
    }

    internal static void AddStream(NpgsqlParameterCollection parameters, StreamKey key)
    {
        parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = key.Entity.Tenant.Value });
        parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = key.Region });
        parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = key.Entity.Id });
    }

    private async Task<List<JournalledEvent>> ReadHistoryAsync(StreamKey key, long after, long upTo, CancellationToken ct)
    {
        var rows = await ReadAsync(
            $"SELECT {JournalRow.Columns} FROM journal WHERE tenant = $1 AND region = $2 AND entity = $3 AND version > $4 AND version <= $5 AND kind <> '' ORDER BY version",
            parameters =>
            {
                AddStream(parameters, key);
                parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = after });
                parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = upTo });
            },
            JournalRow.Read,
            ct);
        return rows.ConvertAll(r => r.Decode(codecs));
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Action<NpgsqlParameterCollection> parameters, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        try
        {
            await using var command = database.CreateCommand(sql);
            parameters(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var rows = new List<T>();
            while (await reader.ReadAsync(ct))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            throw new JournalException($"The journal could not be read: {e.Message}", outcomeKnown: true, e);
        }
    }
}
