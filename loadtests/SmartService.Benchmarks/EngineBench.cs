using System.Diagnostics;
using System.Threading.Channels;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Engine;

namespace SmartService.Benchmarks;

/// <summary>What the engine costs beside a bare mailbox, and what an idle customer weighs.</summary>
internal static class EngineBench
{
    private const int Callers = 64;

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, BenchSettings settings)
    {
        var time = settings.Time;
        await using var engine = await BenchEngine.StartAsync(folder);
        await AskAsync(engine, time / 4); // Warm.
        var bare = await BareAsync(time);
        var ask = await AskAsync(engine, time);
        var activation = await ActivateAsync(engine, 100_000);
        var idle = await WeighAsync(engine, 100_000);
        return
        [
            new("bare mailbox (channel and completion), asks", bare, "per CPU second"),
            new("engine ask", ask, "per CPU second"),
            new("engine ask of bare mailbox", 100 * ask / bare, "%"),
            new("activation of entities never written", activation, "per second"),
            new("idle customer in memory, 3 visits, state included", idle, "bytes"),
        ];
    }

    private static async Task<double> AskAsync(BenchEngine engine, TimeSpan time)
    {
        var tallies = engine.Tallies;
        var ask = new TallyCommand.Ask();
        var keys = Enumerable.Range(0, 1_000).Select(i => new EntityKey(new("bench"), $"e{i}")).ToArray();
        return await PerCpuSecondAsync(time, async (caller, until) =>
        {
            var done = 0L;
            for (var i = caller; Environment.TickCount64 < until; i++)
            {
                for (var n = 0; n < 100; n++)
                {
                    await tallies.HandleAsync(keys[(i + (n * 7)) % keys.Length], ask, default);
                }

                done += 100;
            }

            return done;
        });
    }

    /// <summary>One channel with one reader per entity, a completion per ask: what one would write by hand.</summary>
    private static async Task<double> BareAsync(TimeSpan time)
    {
        var mailboxes = Enumerable.Range(0, 1_000).Select(_ => Channel.CreateUnbounded<TaskCompletionSource<long>>(
            new() { SingleReader = true })).ToArray();
        var readers = Array.ConvertAll(mailboxes, m => Task.Run(async () =>
        {
            var count = 0L;
            await foreach (var ask in m.Reader.ReadAllAsync())
            {
                ask.SetResult(count++);
            }
        }));
        var perSecond = await PerCpuSecondAsync(time, async (caller, until) =>
        {
            var done = 0L;
            for (var i = caller; Environment.TickCount64 < until; i++)
            {
                for (var n = 0; n < 100; n++)
                {
                    var ask = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
                    mailboxes[(i + (n * 7)) % mailboxes.Length].Writer.TryWrite(ask);
                    await ask.Task;
                }

                done += 100;
            }

            return done;
        });
        foreach (var mailbox in mailboxes)
        {
            mailbox.Writer.Complete();
        }

        await Task.WhenAll(readers);
        return perSecond;
    }

    private static async Task<double> PerCpuSecondAsync(TimeSpan time, Func<int, long, Task<long>> call)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var until = Environment.TickCount64 + (long)time.TotalMilliseconds;
        var done = await Task.WhenAll(Enumerable.Range(0, Callers).Select(c => Task.Run(() => call(c, until))));
        return done.Sum() / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
    }

    private static async Task<double> ActivateAsync(BenchEngine engine, int count)
    {
        var tallies = engine.Tallies;
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, count, async (i, ct) => await tallies.ReadAsync(new(new("bench"), $"cold{i}"), ct));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> WeighAsync(BenchEngine engine, int count)
    {
        var customers = engine.Get<ICustomers>();
        await IdleCustomers.VisitAsync(customers, "warm", 9_000, atOnce: 1_000); // Fills the ring of recent appends, which is bounded and belongs to nobody.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await IdleCustomers.VisitAsync(customers, "c", count, atOnce: 1_000);
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
    }
}
