using System.Collections.Concurrent;
using System.Diagnostics;
using SmartService.Faults.World;

namespace SmartService.Faults.Drills;

/// <summary>A fault, and what must hold while it happens. Every seed is a case of its own and can be played again alone.</summary>
internal abstract class FaultDrill
{
    private const int MostFailures = 10;

    public abstract string Name { get; }

    public abstract string Question { get; }

    /// <summary>How many seeds CI plays, and how many the long form.</summary>
    public abstract int Seeds { get; }

    public abstract int LongSeeds { get; }

    /// <summary>Cases that share nothing are played side by side.</summary>
    protected virtual bool SideBySide => true;

    /// <summary>Plays until all seeds are done or ten have failed.</summary>
    /// <param name="progress">Told of seeds done.</param>
    public async Task<FaultReport> RunAsync(int firstSeed, int seeds, Action<int>? progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var (failures, figures, done) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<string, double>(StringComparer.Ordinal), 0);
        var sideBySide = new ParallelOptions { MaxDegreeOfParallelism = SideBySide ? Environment.ProcessorCount : 1 };
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(firstSeed, seeds), sideBySide, async (seed, _) =>
            {
                if (failures.Count >= MostFailures || ct.IsCancellationRequested)
                {
                    return;
                }

                if (await PlayAsync(seed, figures) is { } failure)
                {
                    failures.Enqueue($"seed {seed}: {failure}. Again: ./smart drill fault {Name} --seed {seed} --seeds 1");
                }

                var all = Interlocked.Increment(ref done);
                progress?.Invoke(all);
            });
        }
        finally
        {
            Ended();
        }

        ct.ThrowIfCancellationRequested();
        return new(Name, firstSeed, done, clock.Elapsed.TotalSeconds, [.. failures], figures.OrderBy(f => f.Key, StringComparer.Ordinal).ToDictionary());
    }

    /// <summary>The run is over, one way or the other.</summary>
    protected virtual void Ended()
    {
    }

    /// <exception cref="FaultFoundException">A promise was broken.</exception>
    protected abstract Task PlayAsync(int seed, Action<string, double> count);

    private async Task<string?> PlayAsync(int seed, ConcurrentDictionary<string, double> figures)
    {
        try
        {
            await PlayAsync(seed, (name, value) => figures.AddOrUpdate(name, value, (_, before) => before + value));
            return null;
        }
        catch (FaultFoundException e)
        {
            return e.Message;
        }
#pragma warning disable CA1031 // Nothing may be thrown that was not expected: that is a finding too.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.ToString();
        }
    }
}
