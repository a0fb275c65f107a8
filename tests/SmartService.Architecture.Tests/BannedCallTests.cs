using System.Text.RegularExpressions;

namespace SmartService.Architecture.Tests;

/// <summary>What must not stand in sources, by reading them: faster than reading compiled code, and it names the line.</summary>
public partial class BannedCallTests
{
    public static TheoryData<string> Projects => [.. Product.References.Keys];

    [Fact]
    public void Domain_AsksNobodyForTimeIdsOrChance()
    {
        foreach (var (file, text) in Product.Sources("SmartService.Domain"))
        {
            Impure().Match(text).Value.ShouldBeEmpty($"{file}: time, ids and chance arrive inside the command");
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Catches_OfEverything_AreNotEmpty(string project)
    {
        foreach (var (file, text) in Product.Sources(project))
        {
            Swallow().Match(text).Value.ShouldBeEmpty($"{file}: a catch of everything that neither says what nor throws on hides faults");
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Waiting_BlocksNoThread(string project)
    {
        foreach (var (file, text) in Product.Sources(project))
        {
            Block().Match(text).Value.ShouldBeEmpty($"{file}: wait with await");
        }
    }

    [Fact]
    public void TestClasses_AreNotIAsyncDisposable_WhichXunit2DoesNotCall()
    {
        foreach (var (file, text) in Product.TestSources())
        {
            NeverDisposed().Match(text).Value.ShouldBeEmpty($"{file}: what it made would outlive it; IDisposable or IAsyncLifetime are called");
        }
    }

    [GeneratedRegex(@"\b(DateTime(Offset)?\.(Utc)?Now|Guid\.(NewGuid|CreateVersion7)|new Random\b|Random\.Shared|RandomNumberGenerator|Environment\.TickCount|Stopwatch|TimeProvider\.System|File\.|HttpClient|Task\.Delay)")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\bcatch\s*(\(\s*Exception\s*\w*\s*\))?\s*\{\s*\}|\bcatch\s*\{(?![^}]*\bthrow;)")]
    private static partial Regex Swallow();

    [GeneratedRegex(@"\bThread\.Sleep\(|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Block();

    [GeneratedRegex(@"\bclass \w+(Tests|Contract|Nodes)\b[^{]*\bIAsyncDisposable\b")]
    private static partial Regex NeverDisposed();
}
