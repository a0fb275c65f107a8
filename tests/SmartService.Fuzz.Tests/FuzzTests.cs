using System.Text.Json;
using SmartService.Fuzz.Inputs;
using SmartService.Fuzz.Parsers;

namespace SmartService.Fuzz.Tests;

/// <summary>
/// The short form of the fuzz: a million inputs, and calls by the ten thousand. Always the same: whoever looks for new ones asks for
/// <c>./smart drill abuse fuzz</c>, which takes another seed every time.
/// </summary>
public sealed class FuzzTests
{
    private const ulong Seed = 20_261_111;

    [Fact]
    public void Parsers_TakeAMillionInputs()
    {
        var figures = FuzzCommands.Parse(Seed, 0, 1_000_000, Saved);
        figures.Findings.ShouldBeEmpty();
        figures.Inputs.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task Api_TakesTwentyThousandCalls()
    {
        var figures = await FuzzCommands.CallAsync(Seed, 0, 20_000, Saved, CancellationToken.None);
        figures.Findings.ShouldBeEmpty();
        figures.Inputs.ShouldBe(20_000);
    }

    [Fact]
    public void Case_IsTheSameForTheSameSeed()
    {
        var target = new Target("none", [[1, 2, 3]], _ => { });
        var (one, again, other) = (new ParserFuzz([target], 7, null), new ParserFuzz([target], 7, null), new ParserFuzz([target], 8, null));
        var cases = Enumerable.Range(0, 200).Select(i => (long)i).ToList();
        cases.ShouldAllBe(c => one.CaseOf(c).Input.SequenceEqual(again.CaseOf(c).Input));
        cases.Count(c => one.CaseOf(c).Input.SequenceEqual(other.CaseOf(c).Input)).ShouldBeLessThan(100);
    }

    [Fact]
    public void Fault_IsFound_AndItsInputKept()
    {
        var folder = Directory.CreateTempSubdirectory("fuzz-").FullName;
        var target = new Target("breaks", ["{}"u8.ToArray()], input =>
        {
            if (input.Length > 5)
            {
                throw new InvalidOperationException("broken");
            }
        });
        var figures = new ParserFuzz([target], 1, folder).Run(0, 1_000, 2);
        figures.Findings.Count.ShouldBeGreaterThan(0);
        var finding = figures.Findings[0];
        File.ReadAllBytes(finding.File!).ShouldBe(new ParserFuzz([target], 1, null).CaseOf(finding.Case).Input);
        Directory.Delete(folder, recursive: true);
    }

    public static TheoryData<string> Valid => [.. JsonCases.Valid];

    public static TheoryData<string> Faulty => [.. JsonCases.Faulty];

    [Theory]
    [MemberData(nameof(Valid))]
    public void Json_ThatIsOne_IsRead(string text) => Should.NotThrow(() => Read(System.Text.Encoding.UTF8.GetBytes(text)));

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Json_ThatIsNone_IsRefused(string text) => Should.Throw<JsonException>(() => Read(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Json_OfWrongBytes_IsRefused() => JsonCases.FaultyBytes.ShouldAllBe(bytes => Refuses(bytes));

    private static string Saved => Path.Combine(Path.GetTempPath(), "smartservice-fuzz-findings");

    private static bool Refuses(byte[] bytes)
    {
        try
        {
            Read(bytes);
            return false;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // The latter from text that is no UTF-8, read outside of the serializer.
        {
            return true;
        }
    }

    private static void Read(byte[] bytes) => JsonSerializer.Deserialize<JsonElement>(bytes, Targets.AsBodies).GetRawText();
}
