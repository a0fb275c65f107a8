using SmartService.ReadModels.Postgres.Storage;

namespace SmartService.ReadModels.Postgres.Tests;

public sealed class StoredTextTests
{
    /// <remarks>No theory: an attribute cannot hold half of a surrogate pair.</remarks>
    [Fact]
    public void Of_WhatPostgresRefuses_IsReplaced()
    {
        StoredText.Of(null).ShouldBeNull();
        StoredText.Of("plain 배송비").ShouldBe("plain 배송비");
        StoredText.Of("smile 😀").ShouldBe("smile 😀");
        StoredText.Of("nul\0here").ShouldBe("nul\uFFFDhere");
        StoredText.Of("\uD800").ShouldBe("\uFFFD");
        StoredText.Of("low \uDE00 first").ShouldBe("low \uFFFD first");
        StoredText.Of("ends with half 😀\uD83D").ShouldBe("ends with half 😀\uFFFD");
    }

    [Fact]
    public async Task Question_WithCharactersThatPostgresRefuses_IsLoggedAndFound()
    {
        var journal = new ShopJournal().Open("c-1", "ada").Ask("c-1", 1, "where\0 is \uD83D my parcel");
        await using var models = await PostgresFixture.OpenAsync(journal, null);
        await models.FollowAsync();

        (await models.TextsAsync("parcel")).ShouldBe(["where\uFFFD is \uFFFD my parcel"]);
    }
}
