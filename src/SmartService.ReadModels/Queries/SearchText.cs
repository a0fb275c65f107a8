using System.Text;

namespace SmartService.ReadModels.Queries;

/// <summary>What a person typed into a search field, as the text index and LIKE understand it.</summary>
/// <remarks>
/// The index knows runs of three characters, so words of three and more go there, each as a quoted string, in which nothing is an
/// operator. Shorter ones ("환불", "退款") are looked for with LIKE.
/// </remarks>
/// <param name="Words">All of them.</param>
/// <param name="Match">For SQLite's text index; null when no word is long enough.</param>
/// <param name="Likes">Patterns of the words that are not.</param>
internal sealed record SearchText(IReadOnlyList<string> Words, string? Match, IReadOnlyList<string> Likes)
{
    private const int IndexedLength = 3;
    private const int MostWords = 8;
    private const int MostLength = 200;

    /// <returns>Null when there is nothing to look for.</returns>
    public static SearchText? Parse(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        var words = Compose(typed.Length <= MostLength ? typed : typed[..MostLength])
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MostWords).ToArray();
        var indexed = words.Where(word => word.EnumerateRunes().Count() >= IndexedLength).ToArray();
        return new(
            words,
            indexed.Length == 0 ? null : string.Join(' ', indexed.Select(word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")),
            [.. words.Except(indexed).Select(LikePattern)]);
    }

    /// <summary>Text that holds the word, whatever characters it has; escaped with a backslash.</summary>
    public static string LikePattern(string word) =>
        "%" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    private static string Compose(string text)
    {
        try
        {
            return text.Replace("\0", "", StringComparison.Ordinal).Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text.Replace("\0", "", StringComparison.Ordinal);
        }
    }
}
