using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SmartService.Domain;

namespace SmartService.Benchmarks;

/// <summary>Acknowledged durable events of 256 bytes with 1,000 outstanding, beside a bare SQLite batch insert of the same bytes.</summary>
internal static class JournalBench
{
    private const int Outstanding = 1_000;
    private const int EventBytes = 256;
    private static readonly TimeSpan SlowFlush = TimeSpan.FromMilliseconds(2);

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, BenchSettings settings)
    {
        var bare = Bare(Path.Combine(folder, "bare"), settings.Time);
        var engine = await MeasureAsync(Path.Combine(folder, "engine"), settings.Time, flushDelay: default);
        var slow = await MeasureAsync(Path.Combine(folder, "slow"), settings.Time, SlowFlush);
        return
        [
            new("bare SQLite, 1,000 inserts of 256 B per commit, FULL", bare, "events/s"),
            new("engine, acknowledged durable events of 256 B", engine.PerSecond, "events/s"),
            new("engine of bare", 100 * engine.PerSecond / bare, "%"),
            new("engine, CPU per event", engine.CpuMicros, "µs"),
            new("engine, allocated per event", engine.Bytes, "bytes"),
            new("acknowledgement p50", engine.Wait(0.5), "ms"),
            new("acknowledgement p99", engine.Wait(0.99), "ms"),
            new("acknowledgement max", engine.Wait(1), "ms"),
            new("engine, every flush 2 ms slower", slow.PerSecond, "events/s"),
            new("acknowledgement p99, every flush 2 ms slower", slow.Wait(0.99), "ms"),
        ];
    }

    private static async Task<Writing> MeasureAsync(string folder, TimeSpan time, TimeSpan flushDelay)
    {
        await using var engine = await BenchEngine.StartAsync(folder, flushDelay);
        await WriteAsync(engine, time / 4, []); // Warm.
        var waits = new List<double>();
        var cpu = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var perSecond = await WriteAsync(engine, time, waits);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        waits.Sort();
        return new(perSecond, cpu.TotalMicroseconds / waits.Count, allocated / (double)waits.Count, waits);
    }

    private static async Task<double> WriteAsync(BenchEngine engine, TimeSpan time, List<double> waits)
    {
        var tallies = engine.Tallies;
        var add = new TallyCommand.Add(new('x', EventBytes - "{\"text\":\"\"}".Length));
        var watch = Stopwatch.StartNew();
        var until = Environment.TickCount64 + (long)time.TotalMilliseconds;
        var counts = await Task.WhenAll(Enumerable.Range(0, Outstanding).Select(w => Task.Run(async () =>
        {
            var mine = new List<double>();
            var key = new EntityKey(new("bench"), $"e{w}");
            while (Environment.TickCount64 < until)
            {
                var sent = Stopwatch.GetTimestamp();
                await tallies.HandleAsync(key, add, default);
                mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            lock (waits)
            {
                waits.AddRange(mine);
            }

            return mine.Count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static double Bare(string folder, TimeSpan time)
    {
        Directory.CreateDirectory(folder);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "bare.db")};Pooling=False");
        connection.Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry(position INTEGER PRIMARY KEY, record BLOB NOT NULL)";
        setup.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO entry(position, record) VALUES (@position, @record)";
        var position = insert.Parameters.Add("@position", SqliteType.Integer);
        insert.Parameters.AddWithValue("@record", new byte[EventBytes]);
        var watch = Stopwatch.StartNew();
        var count = 0L;
        while (watch.Elapsed < time)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var i = 0; i < Outstanding; i++)
            {
                position.Value = ++count;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    /// <param name="CpuMicros">Of the process, per event.</param>
    /// <param name="Bytes">Allocated per event.</param>
    /// <param name="Waits">Milliseconds of each acknowledgement, rising.</param>
    private sealed record Writing(double PerSecond, double CpuMicros, double Bytes, List<double> Waits)
    {
        public double Wait(double quantile) => Waits[(int)((Waits.Count - 1) * quantile)];
    }
}
