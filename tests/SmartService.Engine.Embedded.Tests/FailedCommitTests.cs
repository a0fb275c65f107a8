using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SmartService.Engine.Contract;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Embedded.Journal;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>A commit that fails, and what comes after it.</summary>
public sealed class FailedCommitTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Never => CancellationToken.None;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commit_Fails_NothingIsAcknowledged_ReadsGoOn_AndItComesBackByItself()
    {
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new() { JournalQueueLength = 10 });
        var key = Ledger.Key("a");
        await engine.Ledgers.HandleAsync(key, new LedgerCommand.Put("kept", 1), Never);

        // In one commit with what breaks it: the put is decided ahead, and never written.
        using var held = new HeldWork();
        engine.Engine.Enqueue(held);
        await held.Begun;
        var lost = engine.Ledgers.HandleAsync(key, new LedgerCommand.Put("lost", 1), Never).AsTask();
        await Until.TrueAsync(() => engine.Engine.Load.Take().QueueShare == 0.2); // What holds, and the put behind it.
        var read = engine.Ledgers.ReadAsync(key, Never).AsTask(); // It waits for what the put decides.
        read.IsCompleted.ShouldBeFalse();
        engine.Engine.Enqueue(new BrokenWork());
        held.Dispose();

        (await read).Ids.ShouldBe(["kept"]);
        (await Should.ThrowAsync<JournalException>(() => lost)).OutcomeKnown.ShouldBeFalse(); // Begun together with what failed.
        (await engine.Ledgers.ReadAsync(key, Never)).Ids.ShouldBe(["kept"]);
        await ComesBackAsync(engine, key, "after");
        (await engine.Ledgers.ReadAsync(key, Never)).Ids.ShouldBe(["kept", "after"]);
        engine.Get<IJournalHealth>().Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Commit_Fails_TheOneBeforeItIsReadAtOnce_ThoughNobodyWasToldOfItYet()
    {
        var steps = new Steps();
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new() { Services = s => s.PostConfigure<EmbeddedEngineOptions>(o => o.Conductor = steps) });
        var key = Ledger.Key("a");
        var kept = engine.Ledgers.HandleAsync(key, new LedgerCommand.Put("kept", 1), Never).AsTask();
        steps.Of<JournalWriter>().Step(); // On disk; who tells of it has not had his turn.
        kept.IsCompleted.ShouldBeFalse();
        var lost = engine.Ledgers.HandleAsync(key, new LedgerCommand.Put("lost", 1), Never).AsTask();
        engine.Engine.Enqueue(new BrokenWork());
        steps.Of<JournalWriter>().Step(); // Fails; the entity is forgotten.

        (await engine.Ledgers.ReadAsync(key, Never)).Ids.ShouldBe(["kept"]);
        await Should.ThrowAsync<JournalException>(() => lost);
        await kept;

        // What is laid on it afterwards lies behind what was kept, in the file as well.
        steps.Of<JournalWriter>().Step();
        var after = engine.Ledgers.HandleAsync(key, new LedgerCommand.Put("after", 1), Never).AsTask();
        steps.Of<JournalWriter>().Step();
        steps.Of<Publisher>().Step();
        await after;
        (await engine.Get<IJournalReader>().ReadAsync(0, 10, Never)).Select(e => e.Version).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Commit_Failed_AndThenStopped_NothingIsLost()
    {
        var key = Ledger.Key("a");
        await using (var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new()))
        {
            await engine.Ledgers.HandleAsync(key, new LedgerCommand.Put("kept", 1), Never);
            await Should.ThrowAsync<JournalException>(() => Broken(engine));
        }

        await using var again = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        (await again.Ledgers.ReadAsync(key, Never)).Ids.ShouldBe(["kept"]);
    }

    [Fact]
    public async Task Journal_OpenedAgain_EndsBeforeWhatWasAcknowledged_StopsTheProcess()
    {
        var fatal = new RecordingStop();
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new() { Services = s => s.AddSingleton<IFatalStop>(fatal) });
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("confirmed", 1), Never);
        using (var disk = Sqlite.Database.OpenForWriting(System.IO.Path.Combine(_folder.Path, "journal.db"), "FULL"))
        {
            Sqlite.Database.Execute(disk, "DELETE FROM entry");
        }

        await Should.ThrowAsync<JournalException>(() => Broken(engine));
        (await fatal.Stopped.Task).ShouldContain("position 1 was acknowledged");
    }

    private static Task Broken(EmbeddedUnderTest engine)
    {
        var work = new BrokenWork();
        engine.Engine.Enqueue(work);
        return work.Task;
    }

    /// <summary>Sends until it is taken.</summary>
    private static async Task ComesBackAsync(EmbeddedUnderTest engine, Domain.EntityKey key, string id)
    {
        while (true)
        {
            try
            {
                await engine.Ledgers.HandleAsync(key, new LedgerCommand.Put(id, 1), Never);
                return;
            }
            catch (JournalException e)
            {
                e.OutcomeKnown.ShouldBeTrue(); // It came after: nothing of it was written.
                await Task.Yield();
            }
        }
    }

    private sealed class BrokenWork : JournalWork
    {
        public override int Bytes => 1;

        public override void Write(JournalSession session) => throw new IOException("The disk is gone.");
    }

    /// <summary>Holds the writer in a commit of its own until it is let go.</summary>
    private sealed class HeldWork : JournalWork, IDisposable
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _go = new();

        /// <summary>Whatever is queued from then on waits for a commit behind this one.</summary>
        public Task Begun => _begun.Task;

        public override int Bytes => 1;

        public override bool IsExclusive => true;

        public override void Write(JournalSession session)
        {
            _begun.SetResult();
            _go.Wait();
        }

        public void Dispose() => _go.Set();
    }

    /// <summary>The engine's own threads, each of which takes a step when it is told to.</summary>
    private sealed class Steps : IConductor
    {
        private readonly List<IStepwise> _parts = [];

        public void Add(IStepwise part) => _parts.Add(part);

        public void Queue(IThreadPoolWorkItem turns) => turns.Execute();

        public IStepwise Of<TPart>() => (IStepwise)_parts.OfType<TPart>().Single()!;
    }

    private sealed class RecordingStop : IFatalStop
    {
        public TaskCompletionSource<string> Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Stop(string reason, Exception cause) => Stopped.TrySetResult(reason);
    }
}
