using System.Collections.Immutable;
using System.Diagnostics;
using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Evaluation;

/// <summary>Measures how well and how fast questions find their items; the three ways of finding them in the same run.</summary>
public static class RetrievalEvaluation
{
    private const int ItemsPerBatch = 64;
    private const int WarmUpRounds = 6;
    private static readonly TenantId Tenant = new("evaluation");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    /// <param name="questions">Each with the id of the item that answers it.</param>
    public static async Task<RetrievalFigures> MeasureAsync(
        string name, IUnderstanding understanding, IReadOnlyList<ImportedItem> items, IReadOnlyList<ExpectedItem> questions, CancellationToken ct)
    {
        var index = await BuildAsync(understanding, items, ct);
        var view = new KnowledgeView(index, ItemFeedback.None, TenantWords.None);
        var (both, words, meaning) = (new Ranks(), new Ranks(), new Ranks());
        foreach (var (text, id) in questions)
        {
            var locale = index.Find(id)?.Content.Locale
                ?? throw new ArgumentException($"The item {id}, which should answer \"{text}\", is not among the items.", nameof(questions));
            var query = RetrievalQuery.Of(text, await understanding.UnderstandAsync(Tenant, text, ct), view, Now);
            var found = index.In(locale, locale)!.Search(query, int.MaxValue);
            both.Add(found.Select(hit => hit.Item.Id.Value), id);
            words.Add(found.OrderByDescending(hit => hit.Words).ThenBy(hit => hit.Item.Id.Value, StringComparer.Ordinal).Select(hit => hit.Item.Id.Value), id);
            meaning.Add(found.OrderByDescending(hit => hit.Similarity).ThenBy(hit => hit.Item.Id.Value, StringComparer.Ordinal).Select(hit => hit.Item.Id.Value), id);
        }

        return new(name, items.Count, questions.Count, both.Figures, words.Figures, meaning.Figures);
    }

    /// <summary>Times searches, edits and memory of a large index.</summary>
    /// <param name="items">As many as a tenant may have.</param>
    /// <param name="questions">Asked in turn.</param>
    public static async Task<RetrievalTimes> TimeAsync(
        IUnderstanding understanding, IReadOnlyList<ImportedItem> items, IReadOnlyList<string> questions, CancellationToken ct)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        var index = await BuildAsync(understanding, items, ct);
        var built = Stopwatch.GetElapsedTime(started);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var view = new KnowledgeView(index, ItemFeedback.None, TenantWords.None);
        var locale = items[0].Content.Locale;
        var readings = new List<MessageUnderstanding>();
        foreach (var question in questions)
        {
            readings.Add(await understanding.UnderstandAsync(Tenant, question, ct));
        }

        var searches = new List<double>();
        var used = TimeSpan.Zero;
        for (var i = -WarmUpRounds * questions.Count; i < questions.Count * 4; i++)
        {
            var at = (i + (WarmUpRounds * questions.Count)) % questions.Count;
            used = i == 0 ? Environment.CpuUsage.TotalTime : used;
            started = Stopwatch.GetTimestamp();
            index.In(locale, locale)!.Search(RetrievalQuery.Of(questions[at], readings[at], view, Now), 15);
            if (i >= 0)
            {
                searches.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds); // The rounds before are for the just-in-time compiler.
            }
        }

        var cpu = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / searches.Count;
        var edits = await EditAsync(understanding, index, items, ct);
        GC.KeepAlive(index);
        return new(
            items.Count, items.Sum(item => 1 + item.Content.Variants.Length), built.TotalSeconds, Percentile(searches, 0.5), Percentile(searches, 0.99), cpu,
            Percentile(edits, 0.5), Percentile(edits, 0.99), (double)held / items.Count);
    }

    private static async Task<List<double>> EditAsync(IUnderstanding understanding, KnowledgeIndex index, IReadOnlyList<ImportedItem> items, CancellationToken ct)
    {
        const int Edits = 40;
        var edits = new List<double>();
        for (var i = 0; i < Edits; i++)
        {
            var content = items[i * 7].Content;
            var edited = IndexedItem.Of(ItemOf(items[i * 7] with { Content = content with { Question = content.Question + " now" } }, 2));
            var started = Stopwatch.GetTimestamp();
            edited.Embed(await understanding.EmbedAsync(Tenant, edited.Phrasings, ct));
            index = index.With(ImmutableDictionary<string, Item>.Empty, [edited], []);
            edits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return edits;
    }

    private static async Task<KnowledgeIndex> BuildAsync(IUnderstanding understanding, IReadOnlyList<ImportedItem> items, CancellationToken ct)
    {
        var indexed = items.Select(item => IndexedItem.Of(ItemOf(item, 1))).ToArray();
        foreach (var some in indexed.Chunk(ItemsPerBatch))
        {
            var vectors = await understanding.EmbedAsync(Tenant, [.. some.SelectMany(item => item.Phrasings)], ct);
            var at = 0;
            foreach (var item in some)
            {
                item.Embed(vectors[at..(at += item.Phrasings.Length)]);
            }
        }

        return KnowledgeIndex.Of(ImmutableDictionary<string, Item>.Empty, indexed, understanding.ModelName, isEmbedded: true);
    }

    private static Item ItemOf(ImportedItem item, int version) =>
        new(item.Id, [new(version, item.Content with { ValidFrom = null, ValidTo = null }, "evaluation", Now)]);

    private static double Percentile(List<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    /// <summary>Where the right items came.</summary>
    private sealed class Ranks
    {
        private readonly List<int> _ranks = [];

        public RankFigures Figures => new(
            _ranks.Average(rank => rank == 1 ? 1.0 : 0), _ranks.Average(rank => rank is >= 1 and <= 3 ? 1.0 : 0), _ranks.Average(rank => rank == 0 ? 0.0 : 1.0 / rank));

        public void Add(IEnumerable<string> found, string right) =>
            _ranks.Add(found.Select((id, i) => (id, Rank: i + 1)).FirstOrDefault(pair => pair.id == right).Rank);
    }
}
