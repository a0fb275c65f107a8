using SmartService.Domain;

namespace SmartService.Assistance;

/// <summary>Picks a list that is both likely and varied.</summary>
/// <remarks>Maximal marginal relevance with families for likeness: Carbonell and Goldstein, <i>The Use of MMR</i> (SIGIR 1998).</remarks>
internal static class SuggestionList
{
    /// <summary>What is left of a question's likelihood for each chosen one of its family: a second one must be twice as likely as what it displaces.</summary>
    private const double Repetition = 0.5;

    /// <param name="ranked">Most probable first.</param>
    /// <returns>The likeliest first, then by likelihood less repetition; equal ones in the order given.</returns>
    public static IReadOnlyList<IntentScore> Pick(IEnumerable<IntentScore> ranked, int most)
    {
        var left = ranked.ToList();
        var picked = new List<IntentScore>();
        var families = new Dictionary<string, int>(StringComparer.Ordinal);
        while (left.Count > 0 && picked.Count < most)
        {
            var next = left.MaxBy(score => score.Probability * Math.Pow(Repetition, families.GetValueOrDefault(FamilyOf(score.Intent))));
            left.Remove(next);
            picked.Add(next);
            families[FamilyOf(next.Intent)] = families.GetValueOrDefault(FamilyOf(next.Intent)) + 1;
        }

        return picked;
    }

    /// <summary>"order.delay" belongs to "order".</summary>
    private static string FamilyOf(IntentId intent)
    {
        var name = intent.Value ?? "";
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? name : name[..dot];
    }
}
