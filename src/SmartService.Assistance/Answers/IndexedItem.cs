using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Answers;

/// <summary>A live item as retrieval needs it. Kept over rebuilds of the index as long as its version stands.</summary>
internal sealed class IndexedItem
{
    private IndexedItem(ItemId id, ItemVersion version)
    {
        Id = id;
        Version = version;
        Phrasings = [version.Content.Question, .. version.Content.Variants.IsDefault ? [] : version.Content.Variants];
        PhrasingTerms = [.. Phrasings.Select(Terms.Of)];
        AnswerTerms = Terms.Of(version.Content.Answer);
        NeedsOrder = Placeholders.In(version.Content.Answer).Any(name => !name.StartsWith("store.", StringComparison.Ordinal)
            && !name.StartsWith("customer.", StringComparison.Ordinal));
    }

    public ItemId Id { get; }

    public ItemVersion Version { get; }

    public ItemContent Content => Version.Content;

    /// <summary>The question and its variants.</summary>
    public ImmutableArray<string> Phrasings { get; }

    public ImmutableArray<ulong[]> PhrasingTerms { get; }

    public ulong[] AnswerTerms { get; }

    /// <summary>The answer names facts of an order.</summary>
    public bool NeedsOrder { get; }

    /// <summary>Embeddings of the phrasings one behind the other; empty when the model could not make them.</summary>
    public float[] Vectors { get; private set; } = [];

    public int Dimensions => Vectors.Length / Phrasings.Length;

    public static IndexedItem Of(Item item) => new(item.Id, item.Live);

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
}
