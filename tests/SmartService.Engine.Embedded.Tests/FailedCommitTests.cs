using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Embedded.Journal;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

public sealed class FailedCommitTests : IAsyncDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Never => CancellationToken.None;

    public async ValueTask DisposeAsync() => await _folder.DeleteAsync();

    [Fact]
    public async Task Commit_Fails_NothingIsAcknowledgedAndTheProcessIsStopped()
    {
        var fatal = new RecordingStop();
        await using (var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new() { Services = s => s.AddSingleton<IFatalStop>(fatal) }))
        {
            var key = Ledger.Key("a");
            await engine.Ledgers.HandleAsync(key, new LedgerCommand.Put("kept", 1), Never);
            engine.Engine.Enqueue(new BrokenWork());
            await fatal.Stopped.Task;

            var failed = await Should.ThrowAsync<JournalException>(
                async () => await engine.Ledgers.HandleAsync(key, new LedgerCommand.Put("refused", 1), Never));
            failed.OutcomeKnown.ShouldBeTrue(); // It came after: nothing of it was written.
            (await engine.Ledgers.ReadAsync(key, Never)).Ids.ShouldBe(["kept"]); // Reads go on.
        }

        await using var again = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        (await again.Ledgers.ReadAsync(Ledger.Key("a"), Never)).Ids.ShouldBe(["kept"]);
    }

    private sealed class BrokenWork : JournalWork
    {
        public override int Bytes => 1;

        public override void Write(JournalSession session) => throw new IOException("The disk is gone.");
    }

    private sealed class RecordingStop : IFatalStop
    {
        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Stop(string reason, Exception cause) => Stopped.TrySetResult();
    }
}
