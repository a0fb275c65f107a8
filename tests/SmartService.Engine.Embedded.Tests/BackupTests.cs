using Shouldly;
using SmartService.Engine.Contract;
using SmartService.Engine.Contract.Ledgers;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

public sealed class BackupTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _restored = new();
    private readonly TestFolder _backups = new();

    private static CancellationToken Never => CancellationToken.None;

    private string Backup => System.IO.Path.Combine(_backups.Path, "journal.backup");

    public void Dispose()
    {
        _folder.Dispose();
        _restored.Dispose();
        _backups.Dispose();
    }

    [Fact]
    public async Task Backup_WhileWriting_HoldsAllAcknowledgedBefore()
    {
        Directory.CreateDirectory(_backups.Path);
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        using var stop = new CancellationTokenSource();
        var key = Ledger.Key("busy");
        var acknowledged = 0L;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                Interlocked.Exchange(ref acknowledged, (await engine.Ledgers.HandleAsync(key, new LedgerCommand.Count($"{i}"), Never)).Version);
                if (i == 100)
                {
                    enough.SetResult();
                }
            }
        });
        await enough.Task;
        var before = Interlocked.Read(ref acknowledged);
        await EmbeddedBackup.BackupAsync(_folder.Path, Backup);
        await stop.CancelAsync();
        await writing;

        await EmbeddedBackup.RestoreAsync(Backup, _restored.Path);
        await using var restored = await EmbeddedUnderTest.StartAsync(_restored.Path, new());
        var state = await restored.Ledgers.ReadAsync(key, Never);
        state.Ids.Count.ShouldBeGreaterThanOrEqualTo((int)before);
        state.Counts.ShouldBe(Enumerable.Range(0, state.Counts.Length));
        (await restored.Ledgers.HandleAsync(key, new LedgerCommand.Count("after"), Never)).Version.ShouldBe(state.Ids.Count + 1);
    }

    [Fact]
    public async Task Restore_ForgetsCheckpointsOfTheOriginal()
    {
        Directory.CreateDirectory(_backups.Path);
        await using (var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new()))
        {
            await engine.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("1", 1), Never);
            await engine.Checkpoints.SaveAsync("x", 1, Never);
            await EmbeddedBackup.BackupAsync(_folder.Path, Backup);
        }

        await EmbeddedBackup.RestoreAsync(Backup, _restored.Path);
        File.Copy(System.IO.Path.Combine(_folder.Path, "checkpoints.db"), System.IO.Path.Combine(_restored.Path, "checkpoints.db"));
        await using var restored = await EmbeddedUnderTest.StartAsync(_restored.Path, new());
        (await restored.Checkpoints.LoadAsync("x", Never)).ShouldBe(0);
    }

    [Fact]
    public async Task Restore_IntoAFolderWithData_IsRefused()
    {
        Directory.CreateDirectory(_backups.Path);
        await using (var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new()))
        {
            await EmbeddedBackup.BackupAsync(_folder.Path, Backup);
        }

        var refused = await Should.ThrowAsync<DataFolderException>(() => EmbeddedBackup.RestoreAsync(Backup, _folder.Path));
        refused.Message.ShouldContain("empty");
    }

    [Fact]
    public async Task Restore_DamagedBackup_IsNotKept()
    {
        Directory.CreateDirectory(_backups.Path);
        await using (var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new()))
        {
            await engine.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("needle-to-find", 1), Never);
            await EmbeddedBackup.BackupAsync(_folder.Path, Backup);
        }

        Damaged.FlipIn(Backup, "needle-to-find");
        await Should.ThrowAsync<DataFolderException>(() => EmbeddedBackup.RestoreAsync(Backup, _restored.Path));
        Directory.GetFiles(_restored.Path).Select(System.IO.Path.GetFileName).ShouldBe(["lock"]);
    }

    [Fact]
    public async Task Restore_BringsBackTheFilesTheJournalNames()
    {
        Directory.CreateDirectory(_backups.Path);
        var (model, half) = (System.IO.Path.Combine("models", "north", "abc.model"), System.IO.Path.Combine("models", "north", "def.model.part"));
        await using (var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new()))
        {
            await engine.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("1", 1), Never);
            Directory.CreateDirectory(System.IO.Path.Combine(_folder.Path, "models", "north"));
            await File.WriteAllBytesAsync(System.IO.Path.Combine(_folder.Path, model), [1, 2, 3]);
            await File.WriteAllBytesAsync(System.IO.Path.Combine(_folder.Path, half), [1]);
            await EmbeddedBackup.BackupAsync(_folder.Path, Backup);
        }

        await EmbeddedBackup.RestoreAsync(Backup, _restored.Path);

        (await File.ReadAllBytesAsync(System.IO.Path.Combine(_restored.Path, model))).ShouldBe([1, 2, 3]);
        File.Exists(System.IO.Path.Combine(_restored.Path, half)).ShouldBeFalse();
        await using var restored = await EmbeddedUnderTest.StartAsync(_restored.Path, new());
        (await restored.Ledgers.ReadAsync(Ledger.Key("a"), Never)).Ids.ShouldBe(["1"]);
    }

    [Fact]
    public async Task Backup_OfNothing_NamesTheFolder()
    {
        var refused = await Should.ThrowAsync<DataFolderException>(() => EmbeddedBackup.BackupAsync(_folder.Path, Backup));
        refused.Message.ShouldContain("--data");
    }
}
