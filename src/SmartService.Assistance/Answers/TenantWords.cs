using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Answers;

/// <summary>A tenant's vocabulary, ready to be looked for in questions. Immutable; made once per vocabulary.</summary>
internal sealed class TenantWords
{
    /// <summary>More words of the tenant in one question than this are not swapped.</summary>
    private const int MostSwapped = 4;
    private const int MostPerWord = 6;
    private static readonly ConditionalWeakTable<Vocabulary, TenantWords> Made = [];

    private readonly ImmutableArray<string[]> _groups;
    private readonly ImmutableArray<(string Product, string[] Names)> _products;

    private TenantWords(Vocabulary vocabulary)
    {
        _products = [.. vocabulary.Products.Select(product => (product.Product, Normal(product.Names)))];
        _groups = [.. vocabulary.Synonyms.Select(group => Normal(group.Words)), .. _products.Where(product => product.Names.Length > 1).Select(product => product.Names)];
    }

    public static TenantWords None { get; } = new(Vocabulary.Empty);

    public static TenantWords Of(Vocabulary vocabulary) => Made.GetValue(vocabulary, static known => new(known));

    /// <summary>Words of the question that the tenant knows by other names too.</summary>
    public IReadOnlyList<SynonymSwap> SwapsIn(string text)
    {
        if (_groups.IsEmpty)
        {
            return [];
        }

        var normal = Terms.Normalise(text);
        return
        [
            .. Found(normal).SelectMany(found => found.Others.Take(MostPerWord).Select(other => new SynonymSwap(Terms.Of(found.Form), Terms.Of(other)))),
        ];
    }

    /// <summary>The question in other words of the tenant, one for each word that has them; what the model does not know, it may know so.</summary>
    public IReadOnlyList<string> Rewordings(string text)
    {
        if (_groups.IsEmpty)
        {
            return [];
        }

        var normal = Terms.Normalise(text);
        return [.. Found(normal).SelectMany(found => found.Others.Select(other => normal.Replace(found.Form, other, StringComparison.Ordinal))).Take(MostSwapped)];
    }

    /// <summary>Products named in a text, longest name first.</summary>
    public IReadOnlyList<string> ProductsIn(string text)
    {
        if (_products.IsEmpty)
        {
            return [];
        }

        var normal = Terms.Normalise(text);
        return
        [
            .. _products
                .Select(product => (product.Product, Length: product.Names.Where(name => Holds(normal, name)).Select(name => name.Length).DefaultIfEmpty().Max()))
                .Where(found => found.Length > 0)
                .OrderByDescending(found => found.Length)
                .Select(found => found.Product),
        ];
    }

    /// <summary>Whether a normalised text has the word: letters and digits of Latin script must end where the word ends.</summary>
    public static bool Holds(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0 && word.Length > 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            var startsApart = at == 0 || !char.IsAsciiLetterOrDigit(word[0]) || !char.IsAsciiLetterOrDigit(text[at - 1]);
            var endsApart = end == text.Length || !char.IsAsciiLetterOrDigit(word[^1]) || !char.IsAsciiLetterOrDigit(text[end]) || IsPlural(text, end);
            if (startsApart && endsApart)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPlural(string text, int end) => text[end] == 's' && (end + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[end + 1]));

    private IEnumerable<(string Form, IEnumerable<string> Others)> Found(string normal) => _groups
        .Select(forms => (Form: forms.Where(form => Holds(normal, form)).MaxBy(form => form.Length), Forms: forms))
        .Where(found => found.Form is not null)
        .Take(MostSwapped)
        .Select(found => (found.Form!, found.Forms.Where(form => form != found.Form)));

    private static string[] Normal(ImmutableArray<string> words) =>
        [.. words.Select(word => Terms.Normalise(word.Trim())).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)];
}
