using SmartService.Engine;

namespace SmartService.Faults.World;

/// <summary>A follower that remembers, over all lives, what it was shown; now and then it throws.</summary>
internal sealed class Witness(Random chance) : IJournalFollower
{
    private readonly SortedDictionary<long, string> _seen = [];
    private long _last;
    private bool _first = true;

    public string Name => "witness";

    /// <summary>The first promise that was seen broken.</summary>
    public string? Broken { get; set; }

    /// <summary>It throws no more: the pauses after that grow, and at the end nobody waits for them.</summary>
    public bool IsWell { get; set; }

    /// <summary>A new life: from the checkpoint, which may lie behind, never ahead.</summary>
    public void Begins() => _first = true;

    public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        foreach (var e in events)
        {
            if (_first ? e.Position > _seen.LastOrDefault().Key + 1 : e.Position != _last + 1)
            {
                Broken ??= $"a follower was shown position {e.Position} after {(_first ? _seen.LastOrDefault().Key : _last)}";
            }

            var id = ((SlipEvent.Laid)e.Event).Id;
            if (!_seen.TryAdd(e.Position, id) && _seen[e.Position] != id)
            {
                Broken ??= $"position {e.Position} was {_seen[e.Position]}, and is {id} now";
            }

            (_last, _first) = (e.Position, false);
        }

        if (!IsWell && chance.Next(10) == 0)
        {
            _last = events[0].Position - 1; // It will be shown these again.
            throw new InvalidOperationException("Not this time.");
        }

        return default;
    }

    /// <summary>Everything was shown, as it is.</summary>
    public void Check(IReadOnlyList<JournalledEvent> all)
    {
        foreach (var e in all)
        {
            Expectation.Require(
                _seen.TryGetValue(e.Position, out var id) && id == ((SlipEvent.Laid)e.Event).Id, $"position {e.Position} was never shown to the follower, or as another one");
        }

        Expectation.Require(_seen.Count == all.Count, $"the follower was shown {_seen.Count} events; the journal holds {all.Count}");
    }
}
