namespace SmartService.Intent.Features;

/// <summary>Counts buckets, group by group, in a small open-addressed table. Bounded and allocation-free after construction.</summary>
internal sealed class BucketCounter
{
    private readonly int[] _buckets;
    private readonly int[] _counts;
    private readonly int[] _groupEnds = new int[Enum.GetValues<FeatureGroup>().Length];
    /// <summary>Stamp of the group a slot was taken in, above; index of its bucket, below: one look into memory tells both.</summary>
    private readonly ulong[] _slots;
    private readonly int _mask;
    private int _count;
    private int _stamp;

    public BucketCounter(int capacity)
    {
        _buckets = new int[capacity];
        _counts = new int[capacity];
        var slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity * 2);
        _slots = new ulong[slots];
        _mask = slots - 1;
    }

    public ReadOnlySpan<int> Buckets => _buckets.AsSpan(0, _count);

    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, _count);

    public ReadOnlySpan<int> GroupEnds => _groupEnds;

    public void Clear()
    {
        _count = 0;
        NextStamp();
    }

    public void EndGroup(FeatureGroup group)
    {
        _groupEnds[(int)group] = _count;
        NextStamp();
    }

    public void Add(int bucket)
    {
        var slot = (int)((uint)bucket * 2654435769u >> 7) & _mask;
        for (var taken = _slots[slot]; (int)(taken >> 32) == _stamp; taken = _slots[slot])
        {
            var entry = (int)taken;
            if (_buckets[entry] == bucket)
            {
                _counts[entry]++;
                return;
            }

            slot = (slot + 1) & _mask;
        }

        if (_count == _buckets.Length)
        {
            return; // Full: the rest of a very long message is left out.
        }

        _slots[slot] = ((ulong)_stamp << 32) | (uint)_count;
        _buckets[_count] = bucket;
        _counts[_count++] = 1;
    }

    private void NextStamp()
    {
        if (++_stamp == int.MaxValue)
        {
            Array.Clear(_slots);
            _stamp = 1;
        }
    }
}
