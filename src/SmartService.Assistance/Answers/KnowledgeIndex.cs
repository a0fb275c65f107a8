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
    private readonly FrozenDictionary<string, IndexedItem> _items;

    public KnowledgeIndex(ImmutableDictionary<string, Item> source, IReadOnlyCollection<IndexedItem> items, string model, bool isEmbedded)
    {
        _source = source;
        _items = items.ToFrozenDictionary(item => item.Id.Value, StringComparer.Ordinal);
        _languages = items
            .OrderBy(item => item.Id.Value, StringComparer.Ordinal)
            .GroupBy(item => Language.Of(item.Content.Locale) ?? item.Content.Locale)
            .ToFrozenDictionary(group => group.Key, group => new LanguageIndex(group), StringComparer.Ordinal);
        Model = model;
        IsEmbedded = isEmbedded;
    }

    /// <summary>The model the embeddings come from.</summary>
    public string Model { get; }

    /// <summary>False: the model failed while this was built; items are found by words only.</summary>
    public bool IsEmbedded { get; }

    public int Count => _items.Count;

    /// <summary>Built from these items with this model.</summary>
    public bool IsOf(ImmutableDictionary<string, Item> items, string model) => ReferenceEquals(_source, items) && Model == model;

    public IndexedItem? Find(string id) => _items.GetValueOrDefault(id);

    /// <summary>Items of the language, or of the tenant's own where it has none in that language.</summary>
    public LanguageIndex? In(string language, string tenantLocale) =>
        _languages.GetValueOrDefault(language) ?? _languages.GetValueOrDefault(Language.Of(tenantLocale) ?? tenantLocale);

    /// <summary>Valid items meant for an intent, the least downvoted first.</summary>
    public IEnumerable<IndexedItem> For(IntentId intent, string language, string tenantLocale, ImmutableDictionary<string, int> downvotes, DateTimeOffset now) =>
        In(language, tenantLocale)?.Items
            .Where(item => item.Content.Intent == intent && item.IsValidAt(now))
            .OrderBy(item => downvotes.GetValueOrDefault(item.Id.Value)) ?? Enumerable.Empty<IndexedItem>();
}
