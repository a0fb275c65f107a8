namespace SmartService.Fuzz.Inputs;

/// <summary>The same numbers for the same seed, on every machine: a case is named by its seed and its number.</summary>
/// <remarks>SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).</remarks>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public static Chance Of(ulong seed, long number) => new(seed ^ ((ulong)number * 0x9E3779B97F4A7C15UL));

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public int Below(int bound) => (int)(Next() % (ulong)Math.Max(1, bound));

    public bool Once(int of) => Below(of) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];
}
