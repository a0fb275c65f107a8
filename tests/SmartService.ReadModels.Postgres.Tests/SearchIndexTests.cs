namespace SmartService.ReadModels.Postgres.Tests;

public sealed class SearchIndexTests
{
    [Theory]
    [InlineData("배송비", true)]
    [InlineData("什么时候", true)]
    [InlineData("later", true)]
    [InlineData("退款", false)]
    public async Task Search_WordsOfThreeLettersAndMore_GoThroughTheIndex(string word, bool indexed)
    {
        await using var models = (PostgresFixture)await PostgresFixture.OpenAsync(new ShopJournal(), null);
        models.Rows(
            """
            INSERT INTO read_models.questions (position, tenant, conversation, number, customer, at, text, language, intent, confidence, out_of_scope, model, outcome, source_version, unanswered, search)
            SELECT n, 'north', 'c', n, 'ada', n, '', '', '', 0, 0, '', 0, 0, false, 'question ' || md5(n::text) || ' 교환과 반품은 어떻게 하나요 怎么换货' FROM generate_series(1, 20000) n
            """);
        models.Rows("VACUUM ANALYZE read_models.questions");

        var plan = string.Join('\n', models.Rows($"EXPLAIN SELECT * FROM read_models.questions WHERE tenant = 'north' AND search LIKE '%{word}%' ORDER BY position DESC LIMIT 51").Select(row => row[0]));

        plan.Contains("questions_search", StringComparison.Ordinal).ShouldBe(indexed, plan);
    }
}
