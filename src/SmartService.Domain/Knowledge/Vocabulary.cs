using System.Collections.Immutable;

namespace SmartService.Domain.Knowledge;

/// <summary>A tenant's own words: what is called in several ways, and what its products are called in any language.</summary>
/// <param name="Synonyms">Groups of words or phrases that mean the same; at most 500 groups of 2 to 20.</param>
/// <param name="Products">At most 5,000.</param>
public sealed record Vocabulary(ImmutableArray<SynonymGroup> Synonyms, ImmutableArray<ProductNames> Products)
{
    public const int MaxGroups = 500;
    public const int MaxWordsPerGroup = 20;
    public const int MaxWordLength = 60;
    public const int MaxProducts = 5_000;
    public const int MaxNamesPerProduct = 10;
    public const int MaxNameLength = 100;

    public static Vocabulary Empty { get; } = new([], []);

    /// <summary>Whether two vocabularies say the same. (Records compare arrays by identity, so == would not do.)</summary>
    public static bool Same(Vocabulary one, Vocabulary other) =>
        one.Synonyms.Length == other.Synonyms.Length
        && one.Products.Length == other.Products.Length
        && one.Synonyms.Zip(other.Synonyms).All(pair => pair.First.Words.SequenceEqual(pair.Second.Words))
        && one.Products.Zip(other.Products).All(pair => pair.First.Product == pair.Second.Product && pair.First.Names.SequenceEqual(pair.Second.Names));

    /// <summary>All faults, in the order of the fields; empty when the vocabulary can be used.</summary>
    public static ImmutableArray<FieldFault> Check(Vocabulary vocabulary)
    {
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        var (synonyms, products) = (vocabulary.Synonyms.OrEmpty(), vocabulary.Products.OrEmpty());
        Require(faults, synonyms.Length <= MaxGroups, "groups", "must be at most 500");
        for (var i = 0; i < synonyms.Length; i++)
        {
            var words = synonyms[i].Words.OrEmpty();
            Require(faults, words.Length is >= 2 and <= MaxWordsPerGroup, $"groups[{i}]", "must have 2 to 20 words");
            Require(faults, words.All(word => IsText(word, MaxWordLength)), $"groups[{i}]", "must have words of 1 to 60 characters");
        }

        Require(faults, products.Length <= MaxProducts, "products", "must be at most 5,000");
        for (var i = 0; i < products.Length; i++)
        {
            var names = products[i].Names.OrEmpty();
            Require(faults, IsText(products[i].Product, MaxNameLength), $"products[{i}].id", "must have 1 to 100 characters");
            Require(faults, names.Length is >= 1 and <= MaxNamesPerProduct, $"products[{i}].names", "must be 1 to 10");
            Require(faults, names.All(name => IsText(name, MaxNameLength)), $"products[{i}].names", "must have 1 to 100 characters each");
        }

        return faults.DrainToImmutable();
    }

    /// <summary>The vocabulary with absent lists made empty.</summary>
    internal static Vocabulary Whole(Vocabulary vocabulary) => new(
        [.. vocabulary.Synonyms.OrEmpty().Select(group => new SynonymGroup(group.Words.OrEmpty()))],
        [.. vocabulary.Products.OrEmpty().Select(product => product with { Names = product.Names.OrEmpty() })]);

    private static bool IsText(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;

    private static void Require(ImmutableArray<FieldFault>.Builder faults, bool holds, string field, string message)
    {
        if (!holds)
        {
            faults.Add(new(field, message));
        }
    }
}

/// <summary>Words or phrases that mean the same.</summary>
public sealed record SynonymGroup(ImmutableArray<string> Words);

/// <summary>What a product is called.</summary>
/// <param name="Product">Its id in orders and page visits.</param>
public sealed record ProductNames(string Product, ImmutableArray<string> Names);
