using SmartService.ReadModels.Postgres.Storage;

namespace SmartService.ReadModels.Postgres.Tests;

public sealed class StoredTextTests
{
    [Theory]
    [InlineData("plain 배송비", "plain 배송비")]
    [InlineData("smile 😀", "smile 😀")]
    [InlineData("nul\0here", "nul\uFFFDhere")]
    [InlineData("\uD800", "\uFFFD")]
    [InlineData("low \uDE00 first", "low \uFFFD first")]
    [InlineData("ends with half 😀\uD83D", "ends with half 😀\uFFFD")]
    public void Of_WhatPostgresRefuses_IsReplaced(string text, string stored) => StoredText.Of(text).ShouldBe(stored);

    [Fact]
    public async Task Question_WithCharactersThatPostgresRefuses_IsLoggedAndFound()
    {
        var journal = new ShopJournal().Open("c-1", "ada").Ask("c-1", 1, "where\0 is \uD83D my parcel");
        await using var models = await PostgresFixture.OpenAsync(journal, null);
        await models.FollowAsync();

        (await models.TextsAsync("parcel")).ShouldBe(["where\uFFFD is \uFFFD my parcel"]);
    }
}
