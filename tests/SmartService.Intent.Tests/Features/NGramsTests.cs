using SmartService.Intent.Features;

namespace SmartService.Intent.Tests.Features;

public sealed class NGramsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 4)]
    [InlineData(2, 5)]
    [InlineData(3, 5)]
    public void Hash_WordsOfEveryLength_IsTheSameAsOneAfterTheOther(int shortest, int longest)
    {
        const string Letters = "\u0001refundable환불반품这是正品吗shipmentsaddressed\u0001";
        for (var start = 0; start < Letters.Length; start++)
        {
            for (var end = start; end <= Letters.Length; end++)
            {
                var text = Letters.AsSpan(start, end - start);
                var (fast, plain) = (new int[text.Length * longest], new int[text.Length * longest]);

                var count = NGrams.Hash(text, shortest, longest, 0x0A11CE01, 14, fast);

                NGrams.HashPlain(text, shortest, longest, 0x0A11CE01, 14, plain).ShouldBe(count);
                fast[..count].ShouldBe(plain[..count]);
            }
        }
    }

    [Fact]
    public void Hash_ShortPieces_AreSpreadOverTheBuckets()
    {
        var words = Enumerable.Range(0, 2_000).Select(i => $"\u0001w{i:x}\u0001").ToArray();
        var found = new int[40];
        words.Select(word => found[NGrams.Hash(word, 2, 5, 1, 14, found) - 1]).Distinct().Count().ShouldBeGreaterThan(10);
    }
}
