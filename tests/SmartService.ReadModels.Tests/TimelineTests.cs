using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Tests;

public sealed class TimelineTests
{
    [Fact]
    public async Task Entries_InTheFile_SayNothing_WhatTheySayComesFromTheJournal()
    {
        await using var models = await ReadModelFixture.FollowingAsync(new ShopJournal().Bustle());

        var stored = models.Dump().Split('\n').Where(row => row.StartsWith("timeline: ", StringComparison.Ordinal)).ToArray();
        var shown = await ShownAsync(models, "ada");

        stored.Length.ShouldBeGreaterThan(5);
        stored.ShouldAllBe(row => row.EndsWith(" |  | ", StringComparison.Ordinal));
        shown.Count.ShouldBeGreaterThan(5);
        shown.ShouldAllBe(entry => entry.Text.Length > 0 && entry.Json.StartsWith('{'));
    }

    [Fact]
    public async Task Pages_OfAnyLength_SayTheSame()
    {
        await using var models = await ReadModelFixture.FollowingAsync(new ShopJournal().Bustle());
        var whole = await ShownAsync(models, "ada");

        var joined = new List<TimelineEntry>();
        string? cursor = null;
        do
        {
            var page = await models.Directories.TimelineAsync(ShopJournal.Tenant, new("ada"), cursor, 3, default);
            joined.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        joined.ShouldBe(whole);
    }

    private static async Task<IReadOnlyList<TimelineEntry>> ShownAsync(ReadModelFixture models, string customer) =>
        (await models.Directories.TimelineAsync(ShopJournal.Tenant, new(customer), null, 100, default)).Items;
}
