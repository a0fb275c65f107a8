namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// Which chains index.db may hold, so that an entity never written costs no look into the file. Thread-safe.
/// </summary>
/// <remarks>A Bloom filter with four probes from one hash (Kirsch and Mitzenmacher, <i>Less Hashing, Same Performance</i>,
/// ESA 2006): full to its capacity, about one unknown chain in forty is looked up for nothing; no known one is missed.</remarks>
internal sealed class KnownChains
{
    private const int BitsPerChain = 8;
    private const int Probes = 4;
    private const long Least = 1 << 16;

    private readonly ulong[] _bits;
    private readonly uint _mask;
    private long _held;
    private volatile bool _complete;

    /// <param name="chains">Number of chains there are; there is room for twice as many.</param>
    public KnownChains(long chains)
    {
        Capacity = 2 * Math.Max(Least, chains);
        var bits = System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Math.Min(Capacity * BitsPerChain, 1L << 32));
        _bits = new ulong[bits / 64];
        _mask = (uint)(bits - 1);
    }

    public long Capacity { get; }

    public bool IsFull => Interlocked.Read(ref _held) > Capacity;

    /// <summary>All chains of the file have been added; until then it may hold any.</summary>
    public void Complete() => _complete = true;

    public bool MayHold(ChainKey key)
    {
        if (!_complete)
        {
            return true;
        }

        Span<byte> name = stackalloc byte[key.LongestName];
        var (probe, step) = Hash(name[..key.WriteName(name)]);
        for (var i = 0; i < Probes; i++, probe += step)
        {
            var bit = probe & _mask;
            if ((Volatile.Read(ref _bits[bit / 64]) & (1UL << (int)(bit % 64))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    public void Add(ChainKey key)
    {
        Span<byte> name = stackalloc byte[key.LongestName];
        Add(name[..key.WriteName(name)]);
    }

    /// <param name="name">As <see cref="ChainKey.WriteName"/> writes it.</param>
    public void Add(ReadOnlySpan<byte> name)
    {
        var isNew = false;
        var (probe, step) = Hash(name);
        for (var i = 0; i < Probes; i++, probe += step)
        {
            var bit = probe & _mask;
            var flag = 1UL << (int)(bit % 64);
            if ((Volatile.Read(ref _bits[bit / 64]) & flag) == 0)
            {
                Interlocked.Or(ref _bits[bit / 64], flag);
                isNew = true;
            }
        }

        if (isNew)
        {
            Interlocked.Increment(ref _held);
        }
    }

    private static (uint Probe, uint Step) Hash(ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        var mixed = (uint)hash.ToHashCode() * 0x9E37_79B9_7F4A_7C15UL;
        return ((uint)mixed ^ (uint)(mixed >> 40), (uint)(mixed >> 32) | 1);
    }
}
