using System.Collections.Frozen;
using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Answers;

/// <summary>All live items of one tenant, ready to be searched. Immutable: a change makes a new one that replaces it by reference.</summary>
internal sealed class KnowledgeIndex
{
    private readonly ImmutableDictionary<string, Item> _source;
    private readonly FrozenDictionary<string, LanguageIndex> _languages;

    private KnowledgeIndex(ImmutableDictionary<string, Item> source, FrozenDictionary<string, LanguageIndex> languages, string model, bool isEmbedded) =>
        (_source, _languages, Model, IsEmbedded, Count) = (source, languages, model, isEmbedded, languages.Values.Sum(language => language.Count));

    /// <summary>The model the embeddings come from.</summary>
    public string Model { get; }

    /// <summary>False: the model failed while this was built; items are found by words only.</summary>
    public bool IsEmbedded { get; }

    public int Count { get; }

    /// <summary>About what it holds in memory, without the texts, which the knowledge entity holds.</summary>
    public long Bytes => _languages.Values.Sum(language => language.Bytes);

    public static KnowledgeIndex Of(ImmutableDictionary<string, Item> source, IReadOnlyCollection<IndexedItem> items, string model, bool isEmbedded) => new(
        source,
        items.GroupBy(LanguageOf).ToFrozenDictionary(group => group.Key, LanguageIndex.Of, StringComparer.Ordinal),
        model, isEmbedded);

    /// <summary>This index after an edit; costs what the edit costs, not what the index holds.</summary>
    /// <param name="saved">New items and new versions of known ones.</param>
    /// <param name="retired">Ids of items that are no more.</param>
    public KnowledgeIndex With(ImmutableDictionary<string, Item> source, IReadOnlyCollection<IndexedItem> saved, IReadOnlyCollection<string> retired)
    {
        var perLanguage = saved.ToLookup(LanguageOf, StringComparer.Ordinal);
        var languages = _languages.Keys.Union(perLanguage.Select(group => group.Key), StringComparer.Ordinal).ToFrozenDictionary(
            language => language,
            language =>
            {
                // An item may have changed its language: in the others it is no more.
                var moved = saved.Where(item => LanguageOf(item) != language).Select(item => item.Id.Value);
                return (_languages.GetValueOrDefault(language) ?? LanguageIndex.Of([])).With([.. perLanguage[language]], [.. retired, .. moved]);
            },
            StringComparer.Ordinal);
        return new(source, languages.Where(pair => pair.Value.Count > 0).ToFrozenDictionary(StringComparer.Ordinal), Model, IsEmbedded);
    }

    /// <summary>Built from these items with this model.</summary>
    public bool IsOf(ImmutableDictionary<string, Item> items, string model) => ReferenceEquals(_source, items) && Model == model;

    /// <summary>Items that are in one of two knowledges and not, or in another version, in the other.</summary>
    public IEnumerable<Item> ChangedIn(ImmutableDictionary<string, Item> items) =>
        items.Where(pair => !_source.TryGetValue(pair.Key, out var known) || !ReferenceEquals(known, pair.Value)).Select(pair => pair.Value);

    /// <summary>Ids of items that were and are not in <paramref name="items"/>.</summary>
    public IEnumerable<string> MissingIn(ImmutableDictionary<string, Item> items) => _source.Keys.Where(id => !items.ContainsKey(id));

    public IndexedItem? Find(string id) => _languages.Values.Select(language => language.Find(id)).FirstOrDefault(item => item is not null);

    /// <summary>Items of the language, or of the tenant's own where it has none in that language.</summary>
    public LanguageIndex? In(string language, string tenantLocale) =>
        _languages.GetValueOrDefault(language) ?? _languages.GetValueOrDefault(Language.Of(tenantLocale) ?? tenantLocale);

    /// <summary>Valid items meant for an intent, the least downvoted first.</summary>
    public IEnumerable<IndexedItem> For(IntentId intent, string language, string tenantLocale, ImmutableDictionary<string, int> downvotes, DateTimeOffset now) =>
        In(language, tenantLocale)?.For(intent.Value ?? "")
            .Where(item => item.IsValidAt(now))
            .OrderBy(item => downvotes.GetValueOrDefault(item.Id.Value))
            .ThenBy(item => item.Id.Value, StringComparer.Ordinal) ?? Enumerable.Empty<IndexedItem>();

    /// <summary>The first of them that is in the language itself, without putting them in order.</summary>
    public IndexedItem? FirstFor(IntentId intent, string language, string tenantLocale, ImmutableDictionary<string, int> downvotes, DateTimeOffset now)
    {
        var (first, votes) = ((IndexedItem?)null, 0);
        foreach (var item in In(language, tenantLocale)?.For(intent.Value ?? "") ?? [])
        {
            if (item.IsValidAt(now) && Language.Of(item.Content.Locale) == language
                && downvotes.GetValueOrDefault(item.Id.Value) is var against
                && (first is null || against < votes || (against == votes && string.CompareOrdinal(item.Id.Value, first.Id.Value) < 0)))
            {
                (first, votes) = (item, against);
            }
        }

        return first;
    }

    private static string LanguageOf(IndexedItem item) => Language.Of(item.Content.Locale) ?? item.Content.Locale;
}
