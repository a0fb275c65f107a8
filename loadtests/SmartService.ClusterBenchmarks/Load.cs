using System.Diagnostics;

namespace SmartService.Benchmarks.Cluster;

/// <summary>What a closed loop did, and what it cost.</summary>
/// <param name="Cpu">CPU seconds by who spent them.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record LoadCost(long Done, double Seconds, double P99, IReadOnlyDictionary<string, double> Cpu)
{
    /// <summary>Bytes given out by all runtimes that were asked.</summary>
    public long Garbage { get; init; }

    /// <summary>Of the processor time of a round.</summary>
    public const double MostCompiling = 0.03;
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(2);

    public double PerSecond => Done / Seconds;

    public double MicrosOf(string who) => Cpu[who] * 1e6 / Math.Max(1, Done);

    public double Micros => Cpu.Keys.Sum(MicrosOf);

    public IEnumerable<Figure> Figures(string what, string unit)
    {
        yield return new($"{what}", PerSecond, $"{unit}/s");
        yield return new("  p99", P99, "ms");
        yield return new("  CPU each, all processes", Micros, "µs");
        foreach (var who in Cpu.Keys)
        {
            yield return new($"    {who}", MicrosOf(who), "µs");
        }

        if (Garbage > 0)
        {
            yield return new("  garbage each, all processes", Garbage / 1024.0 / Math.Max(1, Done), "KB");
        }
    }

    /// <summary>Callers that each wait for an answer before the next call. Rounds of warm-up go before it, until the compiler takes next to nothing of one.</summary>
    /// <param name="runtimes">What the runtimes of caller and silo have spent.</param>
    public static async Task<LoadCost> MeasureAsync(
        TimeSpan time, int callers, Func<Dictionary<string, double>> cpu, Func<Task<RuntimeCost>> runtimes, Func<int, long, Task> call)
    {
        const long RoundLength = 1L << 40;
        var warm = Stopwatch.StartNew();
        var next = 0L;
        for (var settled = false; !settled && warm.Elapsed < LongestWarmUp; next += RoundLength)
        {
            var compiled = (await runtimes()).Compiling;
            var round = await RoundAsync(WarmUp, callers, cpu, call, next);
            settled = (await runtimes()).Compiling - compiled < MostCompiling * round.Cpu.Values.Sum();
        }

        var garbage = (await runtimes()).Garbage;
        var cost = await RoundAsync(time, callers, cpu, call, next + RoundLength);
        return cost with { Garbage = (await runtimes()).Garbage - garbage };
    }

    private static async Task<LoadCost> RoundAsync(TimeSpan time, int callers, Func<Dictionary<string, double>> cpu, Func<int, long, Task> call, long from)
    {
        var (before, clock) = (cpu(), Stopwatch.StartNew());
        var waits = await RunAsync(time, callers, call, from);
        var (seconds, after) = (clock.Elapsed.TotalSeconds, cpu());
        waits.Sort();
        return new(waits.Count, seconds, waits[(int)(waits.Count * 0.99)], after.ToDictionary(c => c.Key, c => c.Value - before[c.Key]));
    }

    private static async Task<List<double>> RunAsync(TimeSpan time, int callers, Func<int, long, Task> call, long from)
    {
        var until = Environment.TickCount64 + (long)time.TotalMilliseconds;
        var runs = await Task.WhenAll(Enumerable.Range(0, callers).Select(c => Task.Run(async () =>
        {
            var waits = new List<double>();
            for (var i = from; Environment.TickCount64 < until; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await call(c, i);
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return waits;
        })));
        return [.. runs.SelectMany(w => w)];
    }
}
