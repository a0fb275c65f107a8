using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Answers;

/// <summary>A live item as retrieval needs it. Kept over changes of the index as long as its version stands.</summary>
/// <remarks>Holds no search terms: the index has them in its postings, and cutting them again costs microseconds where memory would cost kilobytes.</remarks>
internal sealed class IndexedItem
{
    private readonly ulong[] _keys;

    private IndexedItem(ItemId id, ItemVersion version)
    {
        Id = id;
        Version = version;
        Content = version.Content;
        Phrasings = [version.Content.Question, .. version.Content.Variants.IsDefault ? [] : version.Content.Variants];
        _keys = [.. Phrasings.Select(Terms.KeyOf)];
        NeedsOrder = Placeholders.In(version.Content.Answer).Any(name => !name.StartsWith("store.", StringComparison.Ordinal)
            && !name.StartsWith("customer.", StringComparison.Ordinal));
    }

    public ItemId Id { get; }

    public ItemVersion Version { get; }

    public ItemContent Content { get; }

    /// <summary>The question and its variants.</summary>
    public ImmutableArray<string> Phrasings { get; }

    /// <summary>Phrasings and, last, the answer.</summary>
    public int Texts => Phrasings.Length + 1;

    /// <summary>The answer names facts of an order.</summary>
    public bool NeedsOrder { get; }

    /// <summary>Embeddings of the phrasings one behind the other; empty when the model could not make them.</summary>
    public float[] Vectors { get; private set; } = [];

    public int Dimensions => Vectors.Length / Phrasings.Length;

    public static IndexedItem Of(Item item) => new(item.Id, item.Live);

    /// <summary>Search terms of a phrasing, or of the answer, which is the last text.</summary>
    public ulong[] TermsOf(int text) => Terms.Of(text < Phrasings.Length ? Phrasings[text] : Content.Answer);

    /// <summary>Set once, before the item is published in an index.</summary>
    public void Embed(IReadOnlyList<float[]> vectors) => Vectors = [.. vectors.SelectMany(vector => vector)];

    public bool IsOf(ItemVersion version) =>
        ReferenceEquals(Version, version) || (Version.Version == version.Version && Version.At == version.At);

    public bool IsValidAt(DateTimeOffset now) =>
        (Content.ValidFrom is not { } from || from <= now) && (Content.ValidTo is not { } to || now <= to);

    /// <summary>Best cosine of a question's embedding with any phrasing; 0 without embeddings.</summary>
    public float Similarity(ReadOnlySpan<float> embedding)
    {
        if (embedding.IsEmpty || Dimensions != embedding.Length)
        {
            return 0;
        }

        var best = 0f;
        for (var at = 0; at < Vectors.Length; at += embedding.Length)
        {
            best = Math.Max(best, Answers.Vectors.Dot(embedding, Vectors.AsSpan(at, embedding.Length)));
        }

        return best;
    }

    /// <summary>The question has the very words of a phrasing, whatever their case, width and punctuation.</summary>
    /// <param name="key">Of the question, by <see cref="Terms.KeyOf"/>.</param>
    public bool IsAskedAs(ulong key) => _keys.AsSpan().Contains(key);
}
