namespace SmartService.Intent.Features;

/// <summary>Counts buckets, group by group, in a small open-addressed table. Bounded and allocation-free after construction.</summary>
internal sealed class BucketCounter
{
    /// <summary>Enough for <see cref="FeatureSettings.MaxFeatures"/>.</summary>
    private const int IndexBits = 13;
    private const uint IndexMask = (1 << IndexBits) - 1;
    private readonly int[] _buckets;
    private readonly int[] _counts;
    private readonly int[] _groupEnds = new int[Enum.GetValues<FeatureGroup>().Length];
    /// <summary>Stamp of the group a slot was taken in, above; index of its bucket, below: one look into memory tells both.</summary>
    private readonly uint[] _slots;
    private readonly int _mask;
    private int _count;
    private uint _stamp;

    public BucketCounter(int capacity)
    {
        _buckets = new int[capacity];
        _counts = new int[capacity];
        var slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity * 2);
        _slots = new uint[slots];
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

    /// <summary>Counts all buckets of a group, in their order.</summary>
    public void AddGroup(ReadOnlySpan<int> found, FeatureGroup group)
    {
        // Locals, for fields would be written back after every bucket.
        var (buckets, counts, slots) = (_buckets, _counts, _slots);
        var (count, mask, stamp) = (_count, _mask, _stamp);
        foreach (var bucket in found)
        {
            var slot = (int)((uint)bucket * 2654435769u >> 7) & mask;
            var taken = slots[slot];
            while (taken >> IndexBits == stamp && buckets[taken & IndexMask] != bucket)
            {
                slot = (slot + 1) & mask;
                taken = slots[slot];
            }

            if (taken >> IndexBits == stamp)
            {
                counts[taken & IndexMask]++;
            }
            else if (count < buckets.Length) // Full: the rest of a very long message is left out.
            {
                slots[slot] = (stamp << IndexBits) | (uint)count;
                buckets[count] = bucket;
                counts[count++] = 1;
            }
        }

        _count = count;
        _groupEnds[(int)group] = count;
        NextStamp();
    }

    private void NextStamp()
    {
        if (++_stamp == 1u << (32 - IndexBits))
        {
            Array.Clear(_slots);
            _stamp = 1;
        }
    }
}
