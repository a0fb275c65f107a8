using System.Text;
using SmartService.Assistance.Tests.World;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Tests.Files;

public sealed class ImportTests
{
    private const string Header = "id,intent,question,variants,answer,locale,actions,validFrom,validTo";

    [Fact]
    public async Task Csv_WithBomCrLfQuotesAndLineBreaks_IsRead()
    {
        await using var store = await Store.OpenAsync();
        var csv = $"\uFEFF{Header}\r\nfee,delivery.fee,\"How much, exactly?\",a | b\\|c,\"Say \"\"five\"\".\r\nThat is all.\",en,My orders=/orders; Chat,2026-11-01,2026-12-31\r\n";

        var result = await ImportAsync(store, csv, KnowledgeFormat.Csv);

        result.Faults.ShouldBeEmpty();
        result.Changed.ShouldBe(1);
        var content = (await ItemsAsync(store))["fee"].Live.Content;
        content.Question.ShouldBe("How much, exactly?");
        content.Variants.ShouldBe(["a", "b|c"]);
        content.Answer.ShouldBe("Say \"five\".\r\nThat is all.");
        content.Actions.ShouldBe([new("My orders", "/orders"), new("Chat", null)]);
        content.ValidTo.ShouldBe(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero).AddDays(1).AddTicks(-1));
    }

    [Fact]
    public async Task Csv_FaultyLines_AreAllNamedAndNothingIsWritten()
    {
        await using var store = await Store.OpenAsync();
        var csv = string.Join('\n',
            Header,
            "ok,delivery.fee,Fee?,,Five.,en,,,",
            "no-answer,delivery.fee,Fee?,,,en,,,",
            "\"multi\",delivery.fee,Fee?,,\"two\nlines\",fr,,,",
            "bad date,delivery.fee,Fee?,,{order.colour},en,,tomorrow,",
            "ok,delivery.fee,Again?,,Five.,en,,,");

        var result = await ImportAsync(store, csv, KnowledgeFormat.Csv);

        result.Faults.Select(fault => (fault.Line, fault.Field)).ShouldBe(
            [(3, "answer"), (4, "locale"), (6, "validFrom"), (6, "id"), (6, "answer"), (7, "id")]);
        result.Changed.ShouldBe(0);
        (await ItemsAsync(store)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("id,question,answer\n", 1, "locale")]
    [InlineData("id,question,answer,locale,colour\n", 1, "colour")]
    [InlineData("question,question,answer,locale\n", 1, "question")]
    [InlineData("", 1, "file")]
    [InlineData("question,answer,locale\nQ?,A.,en\n\"never closed,A.,en\n", 3, "row")]
    [InlineData("question,answer,locale\n\"Q\"x,A.,en\n", 2, "row")]
    [InlineData("question,answer,locale\nQ?,A, and more,en\n", 2, "row")]
    public async Task Csv_BadShape_IsNamedByLine(string csv, int line, string field)
    {
        await using var store = await Store.OpenAsync();

        var fault = (await ImportAsync(store, csv, KnowledgeFormat.Csv)).Faults[0];

        (fault.Line, fault.Field).ShouldBe((line, field));
        (await ItemsAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Csv_NotUtf8_IsNamedByLine()
    {
        await using var store = await Store.OpenAsync();
        byte[] file = [.. "question,answer,locale\nQ?,A.,en\n"u8, 0xB9, 0xE8, .. ",A.,ko\n"u8];

        var result = await store.Get<IKnowledgeFiles>().ImportAsync(Store.Tenant, new MemoryStream(file), KnowledgeFormat.Csv, "mia", false, default);

        result.Faults.ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Fact]
    public async Task Csv_HugeField_IsAFaultNotACrash()
    {
        await using var store = await Store.OpenAsync();

        var result = await ImportAsync(store, $"question,answer,locale\nQ?,{new string('x', 1_000_000)},en\n", KnowledgeFormat.Csv);

        result.Faults.ShouldHaveSingleItem().Field.ShouldBe("answer");
    }

    [Fact]
    public async Task File_LargerThanTheLimit_IsRefused()
    {
        await using var store = await Store.OpenAsync();

        var result = await ImportAsync(store, new string(' ', (20 * 1024 * 1024) + 1), KnowledgeFormat.JsonLines);

        result.Faults.ShouldHaveSingleItem().Message.ShouldContain("20 MB");
    }

    [Fact]
    public async Task Csv_SemicolonsFromASpreadsheet_IsRead()
    {
        await using var store = await Store.OpenAsync();

        (await ImportAsync(store, "question;answer;locale\nFee?;Five, no more.;en\n", KnowledgeFormat.Csv)).Changed.ShouldBe(1);
    }

    [Fact]
    public async Task Csv_WithoutIds_ImportedTwiceIsTheSameItems()
    {
        await using var store = await Store.OpenAsync();
        const string Csv = "question,answer,locale\nFee?,Five.,en\nTime?,Two days.,en\n";

        (await ImportAsync(store, Csv, KnowledgeFormat.Csv)).Changed.ShouldBe(2);
        (await ImportAsync(store, Csv, KnowledgeFormat.Csv)).Changed.ShouldBe(0);
        (await ItemsAsync(store)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Json_FaultyItems_AreNamedByTheLineTheyStartOn()
    {
        await using var store = await Store.OpenAsync();
        const string Json = """
            [
              { "question": "Fee?", "answer": "Five.", "locale": "en" },
              {
                "question": 5, "answer": "Five.", "locale": "en", "colour": "red"
              },
              "text"
            ]
            """;

        var result = await ImportAsync(store, Json, KnowledgeFormat.Json);

        result.Faults.Select(fault => (fault.Line, fault.Field)).ShouldBe([(3, "question"), (3, "colour"), (6, "item")]);
    }

    [Fact]
    public async Task Json_Broken_IsNamedByLine()
    {
        await using var store = await Store.OpenAsync();

        (await ImportAsync(store, "[\n{ \"question\": }\n]", KnowledgeFormat.Json)).Faults.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Fact]
    public async Task JsonLines_BrokenLine_IsNamedAndTheOthersAreStillChecked()
    {
        await using var store = await Store.OpenAsync();

        var result = await ImportAsync(store, "{\"question\":\"Fee?\",\"answer\":\"Five.\",\"locale\":\"en\"}\n{oops\n\n{\"question\":\"\",\"answer\":\"x\",\"locale\":\"en\"}", KnowledgeFormat.JsonLines);

        result.Faults.Select(fault => (fault.Line, fault.Field)).ShouldBe([(2, "line"), (4, "question")]);
    }

    [Fact]
    public async Task DryRun_SaysWhatWouldChangeAndWritesNothing()
    {
        await using var store = await Store.OpenAsync();

        var result = await ImportAsync(store, "question,answer,locale\nFee?,Five.,en\n", KnowledgeFormat.Csv, dryRun: true);

        result.Changed.ShouldBe(1);
        (await ItemsAsync(store)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(KnowledgeFormat.Csv)]
    [InlineData(KnowledgeFormat.Json)]
    [InlineData(KnowledgeFormat.JsonLines)]
    public async Task Export_ThenImport_ChangesNothing(KnowledgeFormat format)
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("formula", "delivery.fee", "=cmd|' /C calc'!A0", "'quoted, \"twice\"\nand | ; = \\ more", variants: ["+1", "-2", "@x", "'='", "a|b", "배송비"]);
        await store.SaveAsync("plain", null, "무료 배송 조건은?", "3만원 이상 무료!", "ko", from: Store.Noon, to: Store.Noon.AddDays(9.5));
        var exported = await ExportAsync(store, format);

        (await ImportAsync(store, exported, format)).ShouldBe(new ImportResult(2, 0, [], null), new ResultComparer());

        await using var other = await Store.OpenAsync();
        (await ImportAsync(other, exported, format)).Changed.ShouldBe(2);
        (await ExportAsync(other, format)).ShouldBe(exported);
    }

    [Fact]
    public async Task Export_Csv_LeavesNoCellASpreadsheetWouldRun()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("formula", null, "=HYPERLINK(\"http://evil\")", "@SUM(1)", variants: ["+1"]);

        (await ExportAsync(store, KnowledgeFormat.Csv)).Split("\r\n")[1].ShouldBe("formula,,\"'=HYPERLINK(\"\"http://evil\"\")\",'+1,'@SUM(1),en,,,");
    }

    private static async Task<ImportResult> ImportAsync(Store store, string text, KnowledgeFormat format, bool dryRun = false) =>
        await store.Get<IKnowledgeFiles>().ImportAsync(Store.Tenant, new MemoryStream(Encoding.UTF8.GetBytes(text)), format, "mia", dryRun, default);

    private static async Task<string> ExportAsync(Store store, KnowledgeFormat format)
    {
        var target = new MemoryStream();
        await store.Get<IKnowledgeFiles>().ExportAsync(Store.Tenant, target, format, default);
        return Encoding.UTF8.GetString(target.ToArray());
    }

    private static async Task<System.Collections.Immutable.ImmutableDictionary<string, Item>> ItemsAsync(Store store) =>
        (await store.Knowledge.ReadAsync(Store.KnowledgeKey, default)).Items;

    private sealed class ResultComparer : IEqualityComparer<ImportResult>
    {
        public bool Equals(ImportResult? x, ImportResult? y) =>
            (x!.Items, x.Changed, x.Refusal, x.Faults.Count) == (y!.Items, y.Changed, y.Refusal, y.Faults.Count);

        public int GetHashCode(ImportResult obj) => obj.Items;
    }
}
