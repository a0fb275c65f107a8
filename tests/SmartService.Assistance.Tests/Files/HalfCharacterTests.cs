using System.Text;
using SmartService.Assistance.Files;

namespace SmartService.Assistance.Tests.Files;

public sealed class HalfCharacterTests
{
    private const string Broken = """{"question":"How \ud800?","answer":"So.","locale":"en"}""";

    [Fact]
    public void Array_WithHalfACharacter_IsAFaultOfItsLine() =>
        JsonItems.ReadArray(Encoding.UTF8.GetBytes($"[\n{Broken}]"), 10).ShouldHaveSingleItem().Faults.ShouldContain(f => f.Line == 2 && f.Message.Contains("half of a character", StringComparison.Ordinal));

    [Fact]
    public void Line_WithHalfACharacterInAName_IsAFaultOfItsLine() =>
        JsonItems.ReadLines("{}\n{\"\\udfff\":1}").Last().Faults.ShouldContain(f => f.Line == 2);
}
