using System.Security.Cryptography;
using SmartService.Intent.Onnx;
using SmartService.Intent.Words;

namespace SmartService.Intent.Tests.Words;

public sealed class WordTableTests
{
    [Fact]
    public void Read_WholeTable_HoldsWhatItSays()
    {
        var table = WordTable.Read(SmallWords.File, "small.words");
        table.Words.Count.ShouldBe(20);
        table.Size.ShouldBe(SmallWords.Size);
        table.IndexOf("qqzz").ShouldBe(-1);
        table.Hash.ShouldBe(Convert.ToHexStringLower(SmallWords.File[^SHA256.HashSizeInBytes..]));
        Cosine(table, "shoes", "shoes").ShouldBe(1, 1e-5f);
        Cosine(table, "shoes", "boots").ShouldBeGreaterThan(Cosine(table, "shoes", "refund") + 0.5f);
    }

    [Fact]
    public void Read_OneFlippedBit_IsRefusedWithTheRemedy()
    {
        var bytes = SmallWords.File.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        var fault = Should.Throw<IntentModelException>(() => WordTable.Read(bytes, "some.words"));
        fault.Message.ShouldContain("some.words is damaged");
        fault.Message.ShouldContain("build/words");
    }

    [Fact]
    public void Read_CutOff_IsRefused() =>
        Should.Throw<IntentModelException>(() => WordTable.Read(SmallWords.File.AsSpan(0, SmallWords.File.Length / 2), "some.words")).Message.ShouldContain("damaged");

    [Fact]
    public void Read_SomethingElse_IsRefused() =>
        Should.Throw<IntentModelException>(() => WordTable.Read(new byte[100], "some.words")).Message.ShouldContain("not a table");

    [Fact]
    public void Read_WholeButOfAnotherLengthThanItSays_IsRefused()
    {
        var body = SmallWords.File[..^SHA256.HashSizeInBytes];
        body[8] ^= 1;
        byte[] file = [.. body, .. SHA256.HashData(body)];
        Should.Throw<IntentModelException>(() => WordTable.Read(file, "some.words")).Message.ShouldContain("something else");
    }

    [Fact]
    public void Open_NoSuchFile_IsRefusedWithItsName() =>
        Should.Throw<IntentModelException>(() => WordTable.Open("no-such.words")).Message.ShouldContain("no-such.words cannot be read");

    private static float Cosine(WordTable table, string one, string other)
    {
        var sum = 0f;
        for (var i = 0; i < table.Size; i++)
        {
            sum += table.Vector(table.IndexOf(one))[i] * table.Vector(table.IndexOf(other))[i];
        }

        return sum;
    }
}
