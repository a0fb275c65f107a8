using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.ReadModels;

namespace SmartService.Benchmarks.Questions;

/// <summary>
/// A store with 100,000 logged questions beside another as large: what the first page of every filter and search of the log, of the desk's
/// list and of the figures takes in the server, beside a bare <c>select</c> by primary key from the same file.
/// </summary>
internal static class QuestionBench
{
    private const int PageRows = 50;
    private const int FewestTries = 15;
    private const int MostTries = 200;
    private const double MostMilliseconds = 200;
    private static readonly TimeSpan PerQuery = TimeSpan.FromSeconds(0.8);

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, BenchSettings settings)
    {
        folder = settings.Tables is null ? folder : Directory.CreateDirectory(settings.Tables).FullName;
        var known = Directory.EnumerateFiles(folder).Any();
        await using var services = new ServiceCollection()
            .AddSingleton<IJournalReader, NoJournal>()
            .AddSingleton<TimeProvider, StoryEnd>()
            .AddReadModels(o => o.DataDirectory = folder)
            .BuildServiceProvider();
        var figures = new List<Figure>();
        if (!known)
        {
            await SeedAsync(services.GetServices<IJournalFollower>().Single(), settings.Questions, figures);
        }

        figures.Add(new("size of the tables on disk", Directory.EnumerateFiles(folder).Sum(f => new FileInfo(f).Length) / 1e6, "MB"));

        var bare = Bare(Path.Combine(folder, "readmodels.db"));
        figures.Add(new("reference: bare select by primary key, p50", bare.Half, "ms"));
        figures.Add(new("reference: its p99", bare.Most, "ms"));

        var timings = new List<Timing>();
        foreach (var query in QuestionQueries.All(services, PageRows))
        {
            timings.Add(await TimeAsync(query));
            Console.WriteLine(timings[^1]);
        }

        figures.Add(new("queries measured", timings.Count, ""));
        figures.Add(new("slowest p50", timings.Max(t => t.Half), "ms"));
        figures.Add(new("slowest p99", timings.Max(t => t.Most), "ms"));
        figures.Add(new("slowest first try, its SQL not compiled yet", timings.Max(t => t.First), "ms"));
        figures.Add(new("costliest, CPU", timings.Max(t => t.Cpu), "ms"));
        figures.Add(new($"queries with a p99 over {MostMilliseconds} ms", timings.Count(t => t.Most > MostMilliseconds), ""));
        return figures;
    }

    private static async Task SeedAsync(IJournalFollower follower, int questions, List<Figure> figures)
    {
        var (watch, events, cpu) = (Stopwatch.StartNew(), 0L, TimeSpan.Zero);
        foreach (var batch in new QuestionStory(questions, seed: 20261122).Batches())
        {
            events += batch.Count;
            var before = Environment.CpuUsage.TotalTime;
            await follower.HandleAsync(batch, default);
            cpu += Environment.CpuUsage.TotalTime - before;
        }

        figures.Add(new("events projected", events, ""));
        figures.Add(new("projection", events / watch.Elapsed.TotalSeconds, "events/s"));
        figures.Add(new("projection, CPU per event", cpu.TotalMicroseconds / events, "µs"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {events} events projected, {cpu.TotalMicroseconds / events:N1} µs of CPU each"));
    }

    private static async Task<Timing> TimeAsync(Query query)
    {
        var whole = Stopwatch.StartNew();
        var rows = await query.Run();
        var first = whole.Elapsed.TotalMilliseconds;
        var tries = new List<double>(MostTries);
        whole.Restart();
        var cpu = Environment.CpuUsage.TotalTime;
        while (tries.Count < FewestTries || (tries.Count < MostTries && whole.Elapsed < PerQuery))
        {
            var began = Stopwatch.GetTimestamp();
            await query.Run();
            tries.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return new(query.Name, rows, first, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / tries.Count, tries);
    }

    private static Timing Bare(string file)
    {
        const int Reads = 20_000;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var most = connection.CreateCommand();
        most.CommandText = "SELECT position FROM questions ORDER BY position";
        var positions = new List<long>();
        using (var all = most.ExecuteReader())
        {
            while (all.Read())
            {
                positions.Add(all.GetInt64(0));
            }
        }

        using var select = connection.CreateCommand();
        select.CommandText = "SELECT * FROM questions WHERE position = @position";
        var position = select.Parameters.Add("@position", SqliteType.Integer);
        select.Prepare();
        var tries = new List<double>(Reads);
        for (var i = 0; i < Reads; i++)
        {
            position.Value = positions[(int)(i * 7919L % positions.Count)];
            var began = Stopwatch.GetTimestamp();
            using var row = select.ExecuteReader();
            row.Read();
            tries.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return new("bare", 1, tries[0], 0, tries);
    }

    /// <summary>What one query took, in milliseconds.</summary>
    /// <param name="First">With the compiling of its SQL.</param>
    /// <param name="Cpu">Of the processor, each; on a machine that does other work beside it, this is what the query costs.</param>
    private sealed record Timing(string Name, int Rows, double First, double Cpu, List<double> Tries)
    {
        public double Half { get; } = Tries.Order().ElementAt(Tries.Count / 2);

        public double Most { get; } = Tries.Order().ElementAt((int)(Tries.Count * 0.99));

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"  {Name,-62} {Rows,5} rows  p50 {Half,8:N2} ms  p99 {Most,8:N2} ms  CPU {Cpu,7:N2} ms  first {First,7:N1} ms{(Most > MostMilliseconds ? "  SLOW" : "")}");
    }

    private sealed class StoryEnd : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => QuestionStory.End;
    }

    /// <summary>The story is handed to the tables directly; nothing is missing that a journal would have to bring.</summary>
    private sealed class NoJournal : IJournalReader
    {
        public long Head => 0;

        public ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct) => new([]);

        public ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct) => new([]);

        public ValueTask WaitBeyondAsync(long position, CancellationToken ct) => new(Task.Delay(Timeout.Infinite, ct));
    }
}
