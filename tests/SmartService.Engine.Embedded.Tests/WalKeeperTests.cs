using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SmartService.Domain;
using SmartService.Engine.Contract.Ledgers;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

public sealed class WalKeeperTests : IDisposable
{
    private const int PageBytes = 4_096;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_WithoutPause_WalStartsOverAgainAndAgain()
    {
        const int commits = 600;
        await using (var engine = await EmbeddedUnderTest.StartAsync(
            _folder.Path, new() { Services = services => services.Configure<EmbeddedEngineOptions>(o => o.CheckpointPages = 16) }))
        {
            for (var i = 0; i < commits; i++)
            {
                await engine.Ledgers.HandleAsync(new(new("t"), $"l{i % 7}"), new LedgerCommand.Put($"o{i}", 1), default);
            }

            // Each commit leaves two pages at least in the WAL: the table's last and the mark.
            new FileInfo(Path.Combine(_folder.Path, "journal.db-wal")).Length.ShouldBeLessThan(commits * PageBytes);
        }

        await using var again = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        var sum = 0L;
        for (var i = 0; i < 7; i++)
        {
            sum += (await again.Ledgers.ReadAsync(new(new("t"), $"l{i}"), default)).Sum;
        }

        sum.ShouldBe(commits);
    }
}
