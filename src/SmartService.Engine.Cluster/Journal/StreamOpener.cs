using Npgsql;
using NpgsqlTypes;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>
/// Finds where streams stand, for many entities that come into memory at once: while one statement asks, the next askers gather by
/// themselves, as appends do. A lone one waits for nobody.
/// </summary>
internal sealed class StreamOpener(NpgsqlDataSource database)
{
    private const int MostAtOnce = 1_024;
    private readonly Lock _gate = new();
    private List<Asker> _waiting = [];
    private bool _isAsking;

    /// <exception cref="JournalException">PostgreSQL cannot be used, or does not take the key.</exception>
    public Task<ClusterStream> OpenAsync(StreamKey key, CancellationToken ct)
    {
        if (key.Entity.Id.Contains('\0') || key.Entity.Tenant.Value.Contains('\0'))
        {
            // PostgreSQL would refuse it, and Npgsql then loses the thread on that connection: the next to use it would fail.
            throw new JournalException("A key with a zero in it has no stream.", outcomeKnown: true);
        }

        var asker = new Asker(key);
        lock (_gate)
        {
            _waiting.Add(asker);
            if (!_isAsking)
            {
                _isAsking = true;
                _ = Task.Run(AskAsync, CancellationToken.None); // Not in the turn of the first entity that asks: it would carry all others.
            }
        }

        return asker.Task.WaitAsync(ct);
    }

    private async Task AskAsync()
    {
        while (true)
        {
            List<Asker> askers;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _isAsking = false;
                    return;
                }

                askers = _waiting.Count <= MostAtOnce ? _waiting : _waiting[..MostAtOnce];
                _waiting = _waiting.Count <= MostAtOnce ? [] : _waiting[MostAtOnce..];
            }

            await AnswerAsync(askers);
        }
    }

    /// <summary>Never throws: an asker that is told nothing would wait for ever, and so would all who come after it.</summary>
    private async Task AnswerAsync(List<Asker> askers)
    {
        try
        {
            await AskAsync(askers);
        }
        catch (ArgumentException) when (askers.Count > 1)
        {
            // A key that cannot be written (half a character) is its asker's fault and not that of those who gathered beside it.
            foreach (var asker in askers)
            {
                await AnswerAsync([asker]);
            }
        }
#pragma warning disable CA1031 // See above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var asker in askers)
            {
                asker.TrySetException(new JournalException($"The journal could not be read: {e.Message}", outcomeKnown: true, e));
            }
        }
    }

    private async Task AskAsync(List<Asker> askers)
    {
        await using var command = database.CreateCommand("""
            SELECT coalesce((
                SELECT j.version FROM journal j
                WHERE j.entity = s.entity AND j.tenant = s.tenant AND j.region = s.region
                ORDER BY j.version DESC LIMIT 1), 0)
            FROM unnest($1, $2, $3) WITH ORDINALITY AS s(tenant, region, entity, place)
            ORDER BY s.place
            """);
        AddTexts(command, askers, a => a.Key.Entity.Tenant.Value);
        AddTexts(command, askers, a => a.Key.Region);
        AddTexts(command, askers, a => a.Key.Entity.Id);
        await using var reader = await command.ExecuteReaderAsync();
        foreach (var asker in askers)
        {
            await reader.ReadAsync();
            asker.TrySetResult(new(asker.Key, reader.GetInt64(0)));
        }
    }

    private static void AddTexts(NpgsqlCommand command, List<Asker> askers, Func<Asker, string> text) =>
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = askers.ConvertAll(a => text(a)) });

    private sealed class Asker(StreamKey key) : TaskCompletionSource<ClusterStream>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public StreamKey Key => key;
    }
}
