using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine;
using SmartService.Engine.Embedded;
using SmartService.Engine.Scheduling;
using SmartService.Faults.Disks;
using SmartService.Faults.World;

namespace SmartService.Faults.Drills;

/// <summary>
/// One bit of one file flips while nothing runs. Then the engine starts and everything is read: each answer is right, or says that it cannot be given.
/// Bits that nothing stands on (free space of a page) change no answer.
/// </summary>
internal sealed class FlippedBitsDrill : FaultDrill
{
    private static readonly Lazy<Dictionary<string, byte[]>[]> Folders = new(() => [Make(crashed: false), Make(crashed: true)]);
    private static readonly DateTimeOffset Due = SteppedClock.Noon.AddHours(1);

    public override string Name => "flipped-bits";

    public override string Question => "Is a flipped bit in any file noticed, and nothing false ever served?";

    public override int Seeds => 1_000;

    public override int LongSeeds => 200_000;

    protected override Task PlayAsync(int seed, Action<string, double> count)
    {
#pragma warning disable CA5394 // A seed is to be played again, not to be kept secret.
        var chance = new Random(seed);
        var files = Folders.Value[seed % 2].ToDictionary(f => f.Key, f => f.Value.ToArray());
        var names = files.Where(f => f.Value.Length > 0).Select(f => f.Key).Order(StringComparer.Ordinal).ToArray();
        var name = names[chance.Next(names.Length)];
        var (at, bit) = (Place(files[name], chance), chance.Next(8));
#pragma warning restore CA5394
        files[name][at] ^= (byte)(1 << bit);
        var folder = Play.NewFolder();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (file, bytes) in files)
            {
                File.WriteAllBytes(Path.Combine(folder, file), bytes);
            }

            var found = EmbeddedCheck.Run(folder).Count > 0;
            foreach (var (file, bytes) in files)
            {
                File.WriteAllBytes(Path.Combine(folder, file), bytes); // The check may have emptied the WAL.
            }

            var outcome = Serve(folder, $"{name}, byte {at}, bit {bit}", inLastCommit: name == "journal.db-wal" && IsInLastCommit(Folders.Value[seed % 2][name], at));
            count(found ? "namedByCheck" : "onNothing", 1);
            count(outcome, 1);
            count("in " + name, 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <summary>"refused", "partly" or "served": with everything right, every time.</summary>
    private static string Serve(string folder, string what, bool inLastCommit)
    {
        var refused = 0;
        using var disk = new FaultyDisk(folder);
        PlayedEngine engine;
        try
        {
            engine = new(disk, new(), new(0), new Nothing(), new Nobody());
        }
        catch (Exception e) when (e is JournalException or DataFormatException or SqliteException)
        {
            return "refused";
        }

        using (engine)
        {
            for (var i = 0; i < Spikes; i++)
            {
                refused += Asked(() =>
                {
                    var ids = engine.Await(() => engine.Spikes.ReadAsync(Slips.Key($"s{i}"), CancellationToken.None)).Ids;
                    Expectation.Require(
                        ids.SequenceEqual(IdsOf(i)) || (inLastCommit && ids.SequenceEqual(IdsOf(i).SkipLast(1))),
                        $"{what}: s{i} was served as {string.Join(' ', ids)}");
                });
            }

            refused += Asked(() =>
            {
                var all = engine.Await(() => engine.Journal.ReadAsync(0, 10_000, CancellationToken.None));
                Expectation.Require(all.Count == Spikes * Puts || inLastCommit, $"{what}: the journal was served with {all.Count} events");
            });
            refused += Asked(() =>
            {
                var reminder = engine.Await(() => engine.Reminders.FindAsync("slip", "later", CancellationToken.None));
                Expectation.Require(reminder is { } r && r.Due == Due, $"{what}: the reminder was served as {reminder}");
            });
            refused += Asked(() =>
            {
                // Nothing may be built on a gap: the next one lies on all before it, or is refused.
                var reply = engine.Await(() => engine.Spikes.HandleAsync(Slips.Key("s0"), new SlipCommand.Put(["a-next"]), CancellationToken.None));
                Expectation.Require(reply.Version == Puts + 1 || inLastCommit, $"{what}: the next one was laid at place {reply.Version}");
            });
        }

        return refused == 0 ? "served" : "partly";
    }

    private const int Spikes = 12, Puts = 9;

    /// <summary>Mostly where something stands: small files are mostly free space.</summary>
    private static int Place(byte[] content, Random chance)
    {
        var at = chance.Next(content.Length);
        for (var tries = chance.Next(4) * 200; tries > 0 && content[at] == 0; tries--)
        {
            at = chance.Next(content.Length);
        }

        return at;
    }

    private static int Asked(Action ask)
    {
        try
        {
            ask();
            return 0;
        }
        catch (Exception e) when (e is JournalException or EntityQuarantinedException or SqliteException)
        {
            return 1;
        }
    }

    private static ImmutableArray<string> IdsOf(int spike) => [.. Enumerable.Range(0, Puts).Select(n => $"{(char)('a' + (spike % 3))}{spike}-{n}")];

    /// <summary>
    /// The one commit where a flipped bit and a torn write cannot be told apart. Behind it may lie what the WAL held before it started over: frames
    /// with other salts than its header has.
    /// </summary>
    private static bool IsInLastCommit(byte[] wal, int at)
    {
        const int Header = 32, FrameHeader = 24;
        var pageBytes = (wal[8] << 24) | (wal[9] << 16) | (wal[10] << 8) | wal[11];
        var (frame, start) = (pageBytes + FrameHeader, Header);
        for (var from = Header; from + frame <= wal.Length; from += frame)
        {
            var isCommit = IsOfThisGeneration(from) && wal.AsSpan(from + 4, 4).ContainsAnyExcept((byte)0);
            start = isCommit && from + (2 * frame) <= wal.Length && IsOfThisGeneration(from + frame) ? from + frame : start;
        }

        return at >= start;

        bool IsOfThisGeneration(int from) => wal.AsSpan(from + 8, 8).SequenceEqual(wal.AsSpan(16, 8));
    }

    /// <summary>Files with everything in them: closed in good order, or left by a kill.</summary>
    private static Dictionary<string, byte[]> Make(bool crashed)
    {
        var folder = Play.NewFolder();
        var disk = new FaultyDisk(folder);
        var engine = new PlayedEngine(disk, new(), new(1), new Nothing(), new Nobody());
        for (var n = 0; n < Puts; n++)
        {
            for (var i = 0; i < Spikes; i++)
            {
                var (key, id) = (Slips.Key($"s{i}"), IdsOf(i)[n]);
                engine.Await(() => engine.Spikes.HandleAsync(key, new SlipCommand.Put([id]), CancellationToken.None));
            }

            if (n == 1)
            {
                engine.Scheduler.Start(() => engine.Reminders.SetAsync(new("slip", "later", Due, ReadOnlyMemory<byte>.Empty), CancellationToken.None).AsTask());
            }

            engine.Scheduler.Run();
            engine.Pass(TimeSpan.FromSeconds(2)); // Checkpoints are saved.
            engine.Scheduler.Run();
        }

        if (!crashed)
        {
            engine.Dispose();
        }

        var files = Directory.GetFiles(folder).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal) && Path.GetFileName(f) != "lock")
            .ToDictionary(f => Path.GetFileName(f), f => ReadShared(f));
        engine.Dispose();
        Directory.Delete(folder, recursive: true);
        return files;
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed class Nothing : IReminderHandler
    {
        public string Kind => "slip";

        public ValueTask HandleAsync(Reminder reminder, CancellationToken ct) => default;
    }

    private sealed class Nobody : IJournalFollower
    {
        public string Name => "nobody";

        public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct) => default;
    }
}
