namespace SmartService.Drills;

/// <summary>
/// Chance from a seed: the same drill sends the same messages at the same moments on every machine and under every runtime.
/// </summary>
/// <remarks>SplitMix64: Steele, Lea, Flood, <i>Fast splittable pseudorandom number generators</i> (OOPSLA 2014).</remarks>
internal struct SeededChance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for one thing, so that nothing depends on the order in which things are asked.</summary>
    public static SeededChance Of(ulong seed, long thing, int purpose = 0) =>
        new(Mix(seed ^ Mix((ulong)thing * 0x9E3779B97F4A7C15 ^ ((ulong)purpose << 56))));

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>In [0, 1).</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>In [0, <paramref name="bound"/>).</summary>
    public int Below(int bound) => (int)(((UInt128)Next() * (ulong)bound) >> 64);

    public bool Happens(double share) => Share() < share;

    /// <summary>Exponential with mean 1: the gaps between arrivals that know nothing of each other.</summary>
    public double Gap() => -Math.Log(1 - Share());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
