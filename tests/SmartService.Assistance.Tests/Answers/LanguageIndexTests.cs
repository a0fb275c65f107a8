using System.Collections.Immutable;
using System.Runtime.Intrinsics.X86;
using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Tests.Answers;

public sealed class LanguageIndexTests
{
    private const int Dimensions = 48;
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly string[] Words = ["delivery", "fee", "return", "size", "refund", "coupon", "order", "late", "colour", "card", "store", "hours", "stock", "tent", "boots"];

    [Fact]
    public void With_ManyEdits_ScoresAsAnIndexBuiltAnew()
    {
        var random = new Random(7);
        var items = Enumerable.Range(0, 900).ToDictionary(i => $"i-{i}", i => ItemOf($"i-{i}", 1, random));
        var index = LanguageIndex.Of(items.Values);
        for (var edit = 0; edit < 60; edit++)
        {
            var id = $"i-{random.Next(950)}"; // Some are new.
            if (edit % 5 == 0)
            {
                items.Remove(id);
                index = index.With([], [id]);
            }
            else
            {
                items[id] = ItemOf(id, edit + 2, random);
                index = index.With([items[id]], []);
            }
        }

        var anew = LanguageIndex.Of(items.Values);
        index.Count.ShouldBe(anew.Count);
        for (var i = 0; i < 40; i++)
        {
            var query = QueryOf(Sentence(random), random);
            var (edited, built) = (index.Search(query, 10), anew.Search(query, 10));
            edited.Select(hit => hit.Item.Id).ShouldBe(built.Select(hit => hit.Item.Id));
            for (var rank = 0; rank < built.Count; rank++)
            {
                edited[rank].Confidence.ShouldBe(built[rank].Confidence, 1e-5);
            }
        }
    }

    [Fact]
    public void With_MoreEditsThanTheSmallSegmentHolds_FindsThemAll()
    {
        var random = new Random(3);
        var index = LanguageIndex.Of(Enumerable.Range(0, 300).Select(i => ItemOf($"i-{i}", 1, random)));
        foreach (var i in Enumerable.Range(0, 600))
        {
            index = index.With([ItemOf($"n-{i}", 1, random)], []);
        }

        index.Count.ShouldBe(900);
        index.Find("n-0").ShouldNotBeNull();
        index.Find("n-599").ShouldNotBeNull();
        index.Find("i-299").ShouldNotBeNull();
    }

    [Fact]
    public void Search_ByBytes_FindsTheNearestThatFloatsFind()
    {
        var random = new Random(11);
        var items = Enumerable.Range(0, 3_000).Select(i => ItemOf($"i-{i:0000}", 1, random)).ToArray();
        var index = LanguageIndex.Of(items);
        for (var i = 0; i < 30; i++)
        {
            var query = QueryOf("zzz", random); // No word in common: only meaning finds.
            var nearest = items.OrderByDescending(item => item.Similarity(query.Embedding)).Take(10).Select(item => item.Id);

            var found = index.Search(query, int.MaxValue).OrderByDescending(hit => hit.Similarity).Take(10).Select(hit => hit.Item.Id);

            found.ShouldBe(nearest);
        }
    }

    [Fact]
    public void Dot_OfBytes_IsTheSameOnEveryProcessor()
    {
        var random = new Random(5);
        foreach (var length in new[] { 16, 32, 48, 64, 256, 512 })
        {
            var codes = Enumerable.Range(0, 4 * length).Select(_ => (sbyte)random.Next(-127, 128)).ToArray();
            var query = Enumerable.Range(0, length).Select(_ => (short)random.Next(-short.MaxValue, short.MaxValue + 1)).ToArray();
            var expected = codes.Chunk(length).Select(row => row.Zip(query).Sum(pair => pair.First * pair.Second)).ToArray();

            codes.Chunk(length).Select(row => QuantizedVectors.Dot(row, query)).ShouldBe(expected);
            if (Avx2.IsSupported)
            {
                var four = QuantizedVectors.DotFour(codes, query);
                Enumerable.Range(0, 4).Select(i => four[i]).ShouldBe(expected);
            }
        }
    }

    [Fact]
    public void Dot_LargestNumbers_StaysWithin32Bits()
    {
        var ones = Enumerable.Repeat(1f, 1_024).ToArray();
        var scores = new float[5];
        new QuantizedVectors(ones.Length, [.. Enumerable.Repeat(ones, scores.Length)]).Score(QuantizedQuery.Of(ones), scores);

        scores.ShouldAllBe(score => Math.Abs(score - ones.Length) < 0.01f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1_000)]
    public void Least_AnyScores_IsThatOfASort(int count)
    {
        var random = new Random(17);
        foreach (var length in new[] { 1, 63, 64, 65, 1_001, 5_000 })
        {
            // Few different ones, so that many are equal.
            var scores = Enumerable.Range(0, length).Select(_ => random.Next(400) / 100f).ToArray();

            Best.Least(scores, count).ShouldBe(length < count ? float.NegativeInfinity : scores.OrderDescending().ElementAt(count - 1));
        }
    }

    [Fact]
    public void Search_ManyTexts_WeighsWordsAsOneTextAtATime()
    {
        // More texts than are scored at once.
        var random = new Random(19);
        var items = Enumerable.Range(0, 5_000).Select(i => ItemOf($"i-{i:0000}", 1, random)).ToArray();
        var segment = new IndexSegment(items);
        var (shares, scores) = (new TermShares(5), new float[segment.Texts]);
        var asked = Terms.Of("late delivery of boots").Distinct().ToArray();
        segment.ScoreTexts([.. asked.Select((term, i) => (term, 1f + i))], shares, scores);
        for (var i = 0; i < items.Length; i++)
        {
            for (var text = 0; text < items[i].Texts; text++)
            {
                var terms = items[i].TermsOf(text);
                var expected = asked.Select((term, place) => terms.Count(other => other == term) is > 0 and var times
                    ? (1f + place) * shares.All[TermShares.PlaceOf(times, terms.Length)]
                    : 0).Sum();
                scores[text < items[i].Phrasings.Length ? segment.FirstPhrasing[i] + text : segment.Phrasings + i].ShouldBe(expected, 1e-5f);
            }
        }
    }

    [Fact]
    public void Score_OfBytes_IsWithinItsBound()
    {
        var random = new Random(13);
        var vectors = Enumerable.Range(0, 500).Select(_ => Unit(random)).ToArray();
        var bytes = new QuantizedVectors(Dimensions, vectors);
        var scores = new float[vectors.Length];
        foreach (var query in Enumerable.Range(0, 20).Select(_ => Unit(random)))
        {
            var quantized = QuantizedQuery.Of(query);
            bytes.Score(quantized, scores);
            for (var i = 0; i < vectors.Length; i++)
            {
                Math.Abs(scores[i] - Vectors.Dot(query, vectors[i])).ShouldBeLessThanOrEqualTo(bytes.ErrorWith(quantized) + 1e-6f);
            }
        }
    }

    private static IndexedItem ItemOf(string id, int version, Random random)
    {
        var content = new ItemContent(
            random.Next(3) == 0 ? new IntentId("delivery.fee") : null, Sentence(random), [Sentence(random)], Sentence(random), "en", []);
        var item = IndexedItem.Of(new(new(id), [new(version, content, "mia", Now)]));
        item.Embed([Unit(random), Unit(random)]);
        return item;
    }

    private static RetrievalQuery QueryOf(string text, Random random) => RetrievalQuery.Of(
        text, new([new(new("delivery.fee"), 0.4f)], 0.1f, Unit(random), "en"),
        KnowledgeView.Of(KnowledgeIndex.Of(ImmutableDictionary<string, Item>.Empty, [], "m", true), KnowledgeState.Empty), Now);

    private static string Sentence(Random random) => string.Join(' ', Enumerable.Range(0, 3 + random.Next(5)).Select(_ => Words[random.Next(Words.Length)]));

    private static float[] Unit(Random random)
    {
        var vector = Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }
}
