using System.Collections.Concurrent;
using System.Diagnostics;
using SmartService.Fuzz.Inputs;

namespace SmartService.Fuzz.Parsers;

/// <summary>A fault found, with what repeats it.</summary>
internal sealed record Finding(string Target, ulong Seed, long Case, string What, string? File);

internal sealed record FuzzFigures(string Name, ulong Seed, long Inputs, double Seconds, IReadOnlyList<Finding> Findings)
{
    public double PerSecond => Inputs / Math.Max(Seconds, 1e-9);
}

/// <summary>Feeds every parser. A case is its seed and number; the same two make the same input for the same target.</summary>
internal sealed class ParserFuzz(IReadOnlyList<Target> targets, ulong seed, string? saveTo)
{
    private const int MostFindings = 20;

    /// <summary>No parser may think longer about one input of 64 KiB, on a machine that does much else besides.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private readonly ConcurrentQueue<Finding> _findings = new();

    public FuzzFigures Run(long from, long count, int threads)
    {
        var clock = Stopwatch.StartNew();
        var next = from - 1;
        var workers = Enumerable.Range(0, threads).Select(_ => new Worker()).ToArray();
        foreach (var worker in workers)
        {
            worker.Thread = new(() => Work(worker, ref next, from + count)) { IsBackground = true };
            worker.Thread.Start();
        }

        Watch(workers);
        return new("parsers", seed, Math.Min(count, Interlocked.Read(ref next) - from + 1), clock.Elapsed.TotalSeconds, [.. _findings]);
    }

    /// <summary>One case again, as it was.</summary>
    public (Target Target, byte[] Input) CaseOf(long number)
    {
        var chance = Chance.Of(seed, number);
        var target = chance.Pick(targets);
        return (target, Mutator.Make(chance, target.Samples));
    }

    private void Work(Worker worker, ref long next, long end)
    {
        for (var number = Interlocked.Increment(ref next); number < end && _findings.Count < MostFindings; number = Interlocked.Increment(ref next))
        {
            var (target, input) = CaseOf(number);
            worker.Begin(target.Name, number);
            try
            {
                target.Run(input);
            }
#pragma warning disable CA1031 // Whatever is not the target's own refusal is what is looked for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Found(target.Name, number, input, $"{e.GetType().Name}: {e.Message}\n{e.StackTrace}");
            }

            worker.End();
        }
    }

    private void Watch(Worker[] workers)
    {
        while (workers.Any(w => w.Thread!.IsAlive))
        {
            foreach (var worker in workers)
            {
                worker.Thread!.Join(TimeSpan.FromMilliseconds(50));
                if (worker.Stuck(Longest) is var (target, number))
                {
                    Found(target, number, CaseOf(number).Input, $"Still reading after {Longest.TotalSeconds:0} s.");
                    return; // The thread cannot be ended; the process will.
                }
            }
        }
    }

    private void Found(string target, long number, byte[] input, string what)
    {
        string? file = null;
        if (saveTo is not null)
        {
            Directory.CreateDirectory(saveTo);
            file = Path.Combine(saveTo, $"{string.Concat(target.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}-{seed}-{number}.bin");
            File.WriteAllBytes(file, input);
        }

        _findings.Enqueue(new(target, seed, number, what, file));
    }

    private sealed class Worker
    {
        private readonly Lock _gate = new();
        private (string Target, long Case, long Since)? _now;

        public Thread? Thread { get; set; }

        public void Begin(string target, long number)
        {
            lock (_gate)
            {
                _now = (target, number, Stopwatch.GetTimestamp());
            }
        }

        public void End()
        {
            lock (_gate)
            {
                _now = null;
            }
        }

        public (string Target, long Case)? Stuck(TimeSpan longest)
        {
            lock (_gate)
            {
                return _now is { } now && Stopwatch.GetElapsedTime(now.Since) > longest ? (now.Target, now.Case) : null;
            }
        }
    }
}
