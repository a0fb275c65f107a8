using System.Collections.Immutable;

namespace SmartService.Faults.World;

/// <summary>What the engine has promised so far: the other side of the comparison.</summary>
internal sealed class Expectation
{
    private readonly Dictionary<string, Spike> _spikes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Promise> _reminders = new(StringComparer.Ordinal);

    public IEnumerable<string> Spikes => _spikes.Keys;

    public int Acknowledged => _spikes.Values.Sum(s => s.Acknowledged.Count);

    public IReadOnlyDictionary<string, Promise> Reminders => _reminders;

    /// <summary>It was sent: from now on it may be there.</summary>
    public void Sent(string spike, ImmutableArray<string> ids) => Of(spike).Sent.UnionWith(ids);

    /// <summary>A reply: all of these are on disk.</summary>
    public void Replied(string spike, ImmutableArray<string> ids, long version, IEnumerable<string> laid)
    {
        var of = Of(spike);
        of.Acknowledged.UnionWith(ids);
        of.Length = Math.Max(of.Length, version);
        var at = version - laid.Count();
        foreach (var id in laid)
        {
            Require(of.Places.TryAdd(id, at), $"slip {id} was laid on {spike} twice: at {of.Places[id]} and at {at}");
            at++;
        }
    }

    /// <summary>A reminder set, moved or cancelled; null due for cancelled.</summary>
    public void ReminderSent(string name, DateTimeOffset? due) => OfReminder(name).Possible.Add(due);

    public void ReminderAcknowledged(string name, DateTimeOffset? due)
    {
        var promise = OfReminder(name);
        promise.Due = due;
        promise.Possible.Clear();
        promise.Possible.Add(due);
    }

    /// <summary>What an entity has promised until now: how many slips, and which.</summary>
    public (long Length, string[] Ids) Promised(string spike)
    {
        var of = Of(spike);
        return (of.Length, [.. of.Acknowledged]);
    }

    /// <summary>Holds one entity's state against what was promised before it was asked for.</summary>
    public void Check(string spike, IReadOnlyList<string> ids, (long Length, string[] Ids) promised)
    {
        var of = Of(spike);
        Require(ids.Distinct(StringComparer.Ordinal).Count() == ids.Count, $"{spike} holds a slip twice: {string.Join(' ', ids)}");
        foreach (var id in ids)
        {
            Require(of.Sent.Contains(id), $"{spike} holds {id}, which nobody sent there");
        }

        Require(ids.Count >= promised.Length, $"{spike} holds {ids.Count} slips; {promised.Length} were acknowledged");
        foreach (var (id, place) in of.Places)
        {
            if (place < ids.Count && ids[(int)place] != id)
            {
                throw new FaultFoundException($"slip {id} was acknowledged at place {place} of {spike}; there is {ids[(int)place]}");
            }
        }

        var there = ids.ToHashSet(StringComparer.Ordinal);
        foreach (var id in promised.Ids)
        {
            Require(there.Contains(id), $"slip {id} of {spike} was acknowledged and is gone");
        }
    }

    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FaultFoundException(otherwise);
        }
    }

    private Spike Of(string spike)
    {
        if (!_spikes.TryGetValue(spike, out var of))
        {
            _spikes[spike] = of = new();
        }

        return of;
    }

    private Promise OfReminder(string name)
    {
        if (!_reminders.TryGetValue(name, out var promise))
        {
            _reminders[name] = promise = new();
        }

        return promise;
    }

    internal sealed class Promise
    {
        /// <summary>As acknowledged last; null for none.</summary>
        public DateTimeOffset? Due { get; set; }

        /// <summary>How it may stand, after calls whose outcome is not known.</summary>
        public HashSet<DateTimeOffset?> Possible { get; } = [null];

        /// <summary>Due times it was done for.</summary>
        public HashSet<DateTimeOffset> Done { get; } = [];
    }

    private sealed class Spike
    {
        public HashSet<string> Sent { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Acknowledged { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, long> Places { get; } = new(StringComparer.Ordinal);

        public long Length { get; set; }
    }
}
