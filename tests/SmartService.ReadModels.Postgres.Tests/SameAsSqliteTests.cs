using SmartService.ReadModels.Tests;

namespace SmartService.ReadModels.Postgres.Tests;

/// <summary>Both stores, side by side.</summary>
public sealed class SameAsSqliteTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    public async Task Rows_OfWhateverHappens_AreTheSame(int seed)
    {
        var shop = new RandomShop(seed).Happen(700);
        await using var sqlite = await ReadModelFixture.FollowingAsync(shop.Journal);
        await using var postgres = await PostgresFixture.OpenAsync(shop.Journal, null);
        foreach (var batch in shop.Batches())
        {
            await postgres.Follower.HandleAsync(batch, default);
        }

        ReadModelContract.SameRows(postgres.Dump(), sqlite.Dump());
    }
}
