using SmartService.Intent.Features;

namespace SmartService.Intent.Tests.Features;

public sealed class FeatureExtractionTests
{
    private static readonly FeatureSettings Settings = new();

    [Theory]
    [InlineData("where is my parcel")]
    [InlineData("배송 언제 오나요")]
    [InlineData("我的快递到哪里了")]
    [InlineData("où est mon colis")]
    [InlineData("где моя посылка")]
    [InlineData("حالة الطلب")]
    public void Extract_AnyScript_FindsWordsAndPieces(string text)
    {
        var extraction = new FeatureExtraction(Settings);
        extraction.Extract(text);
        extraction.GroupEnds[(int)FeatureGroup.Word].ShouldBeGreaterThan(0);
        extraction.GroupEnds[(int)FeatureGroup.Piece].ShouldBeGreaterThan(extraction.GroupEnds[(int)FeatureGroup.Word]);
    }

    [Fact]
    public void Extract_OnlyKorean_HasJamo()
    {
        Jamos("배송이 늦어요").ShouldBeGreaterThan(0);
        Jamos("delivery is late 配送").ShouldBe(0);

        static int Jamos(string text)
        {
            var extraction = new FeatureExtraction(Settings);
            extraction.Extract(text);
            return extraction.GroupEnds[(int)FeatureGroup.Jamo] - extraction.GroupEnds[(int)FeatureGroup.Piece];
        }
    }

    [Theory]
    [InlineData("WHERE is My Order", "where is my order")]
    [InlineData("ｗｈｅｒｅ is my order", "where is my order")]
    [InlineData("can't pay", "cant pay")]
    [InlineData("order 48213", "order 99107755")]
    [InlineData("한글", "한글")]
    public void Extract_SameMeaningOtherForm_SameBuckets(string one, string other) => BucketsOf(one).ShouldBe(BucketsOf(other));

    [Fact]
    public void Extract_OtherWords_OtherBuckets() => BucketsOf("cancel my order").ShouldNotBe(BucketsOf("change my order"));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\uD83D")]
    [InlineData("a\uDE00b \uD83D\uDE00 \uFDFA\uFDFA")]
    [InlineData("\0\u0001\uFFFF")]
    public void Extract_MalformedText_Survives(string text) =>
        Should.NotThrow(() => new FeatureExtraction(Settings).Extract(text));

    [Fact]
    public void Extract_LongText_StaysWithinBounds()
    {
        var extraction = new FeatureExtraction(Settings);
        extraction.Extract(string.Concat(Enumerable.Range(0, 4_000).Select(i => (char)('\uAC00' + (i * 7 % 11_172)))));
        extraction.Buckets.Length.ShouldBeLessThanOrEqualTo(Settings.MaxFeatures);
    }

    [Theory]
    [InlineData("Where is my parcel? It's 2 days late!!")]
    [InlineData("어제 주문한 거 아직 출발 안 했나요ㅠㅠ")]
    [InlineData("我的快递怎么还没到？已经三天了")]
    public void Extract_WarmedUp_ReusesItsBuffers(string text)
    {
        var extraction = new FeatureExtraction(Settings);
        // Well under one copy of the buffers: nothing of the message's features is kept or made anew.
        Garbage.ShouldBeAtMost(1_024, () => extraction.Extract(text));
    }

    [Theory]
    [InlineData("한", "\u1112\u1161\u11AB")]
    [InlineData("가a", "\u1100\u1161a")]
    public void Jamo_Syllable_SplitsAsTyped(string text, string letters)
    {
        var buffer = new char[16];
        new string(buffer, 0, Jamo.Decompose(text, buffer)).ShouldBe(letters);
    }

    [Theory]
    [InlineData("where is it", "en")]
    [InlineData("iPhone 케이스 있나요", "ko")]
    [InlineData("这个 iPhone case 有货吗", "zh")]
    [InlineData("1234 !!", null)]
    public void Language_ByScript_IsTold(string text, string? language) => Script.LanguageOf(text).ShouldBe(language);

    [Fact]
    public void Weigh_EveryKnownGroup_HasLengthOne()
    {
        var vocabulary = Vocabulary.Learn(Settings, ["where is my order", "배송 언제 와요"], 1);
        var extraction = new FeatureExtraction(Settings);
        extraction.Extract("where is my order");
        var rows = new int[Settings.MaxFeatures];
        var weights = new float[rows.Length];
        var count = vocabulary.Weigh(extraction, rows, weights);
        weights.Take(count).Sum(w => w * w).ShouldBe(2, 1e-4); // words and pieces, no jamo
    }

    private static int[] BucketsOf(string text)
    {
        var extraction = new FeatureExtraction(Settings);
        extraction.Extract(text);
        return extraction.Buckets.ToArray();
    }
}
