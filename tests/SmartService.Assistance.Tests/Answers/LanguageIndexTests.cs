using System.Collections.Immutable;
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
        foreach (var length in new[] { 1, 15, 16, 31, 32, 33, 64, 100, 256, 257 })
        {
            var codes = Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128)).ToArray();
            var query = Enumerable.Range(0, length).Select(_ => (short)random.Next(-127, 128)).ToArray();
            var expected = codes.Zip(query).Sum(pair => pair.First * pair.Second);

            QuantizedVectors.Dot(codes, query).ShouldBe(expected);
            var at = 0;
            (QuantizedVectors.DotPortable(codes, query, ref at) + codes[at..].Zip(query[at..]).Sum(pair => pair.First * pair.Second)).ShouldBe(expected);
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
