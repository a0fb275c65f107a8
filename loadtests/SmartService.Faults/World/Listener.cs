using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Feeds;

namespace SmartService.Faults.World;

/// <summary>A shopper's stream: breaks off now and then, and goes on after the last position seen.</summary>
internal sealed class Listener(string customer) : IDisposable
{
    private readonly List<(long Position, string Id)> _seen = [];
    private CancellationTokenSource? _connected;

    public string? Broken { get; private set; }

    public void Dispose() => _connected?.Dispose();

    public void Connect(PlayedEngine engine)
    {
        var connected = _connected = new();
        _ = engine.Scheduler.Start(() => ListenAsync(engine.Feeds, connected.Token));
    }

    public void Reconnect(PlayedEngine engine)
    {
        engine.Scheduler.Do(() => _connected?.Cancel());
        Connect(engine);
    }

    /// <summary>Everything came once.</summary>
    public void Check(IReadOnlyList<JournalledEvent> all)
    {
        var wanted = all.Where(e => ((SlipEvent.Laid)e.Event).Customer == customer).Select(e => (e.Position, ((SlipEvent.Laid)e.Event).Id)).ToList();
        Expectation.Require(
            _seen.SequenceEqual(wanted),
            $"the stream of {customer} showed {string.Join(' ', _seen.Select(s => s.Position))}; the journal holds {string.Join(' ', wanted.Select(s => s.Position))}");
    }

    private async Task ListenAsync(IFeeds feeds, CancellationToken ct)
    {
        try
        {
            await foreach (var frame in feeds.SubscribeAsync(new(Slips.Tenant, new CustomerId(customer)), _seen.Count > 0 ? _seen[^1].Position : 0, ct))
            {
                if (ct.IsCancellationRequested)
                {
                    return; // It is on the way, and nobody is there any more.
                }

                if (_seen.Count > 0 && frame.Position <= _seen[^1].Position)
                {
                    Broken ??= $"the stream of {customer} showed position {frame.Position} after {_seen[^1].Position}";
                }

                _seen.Add((frame.Position, ((SlipEvent.Laid)frame.Event!).Id));
            }
        }
        catch (OperationCanceledException)
        {
            // Disconnected.
        }
        catch (Exception e)
        {
            Broken ??= $"the stream of {customer} ended with {e.GetType().Name}: {e.Message}";
        }
    }
}
