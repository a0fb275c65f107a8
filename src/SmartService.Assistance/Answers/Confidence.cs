namespace SmartService.Assistance.Answers;

/// <summary>How likely it is that an item answers a question.</summary>
/// <remarks>
/// Two witnesses, the stronger one counts. The match itself: embedding and words together, doubted when the model finds the
/// question out of scope or sure of another intent, the more the weaker the match is; the very words of an item therefore
/// win whatever the model says. And the intent: the item is meant for what was understood, backed by the match, which matters
/// less where the merchant wrote only one item for that intent. Thresholds of a tenant's policy (0.5 to answer, 0.25 to ask
/// back) are set against this scale.
/// </remarks>
internal static class Confidence
{
    /// <summary>Two unrelated questions to a shop have about this cosine; it proves nothing.</summary>
    private const double NoSimilarity = 0.3;
    private const double SameMeaning = 0.95;
    private const double ByMeaning = 0.55;

    /// <summary>Without the model a match by words is never certain.</summary>
    private const double WordsOnlyTrust = 0.9;

    /// <summary>Of any question; what was said of like questions weighs more, in the tenant's ranking.</summary>
    private const double PerDownvote = 0.05;

    /// <summary>What the intent alone is worth: the only item for it, or one of several.</summary>
    private const double OnlyItem = 0.6;
    private const double OneOfSeveral = 0.45;

    /// <param name="probability">That the question has the item's intent.</param>
    /// <param name="best">That it has the likeliest intent.</param>
    public static double Of(float similarity, float words, double probability, double best, ItemIntent intent, double outOfScope)
    {
        var meaning = Math.Clamp((similarity - NoSimilarity) / (SameMeaning - NoSimilarity), 0, 1);
        var match = (ByMeaning * meaning) + ((1 - ByMeaning) * words);
        var conflict = intent != ItemIntent.None ? Math.Max(0, best - probability) : 0;
        var direct = match * (1 - (outOfScope * (1 - (match * match)))) * (1 - (conflict * (1 - (match * match * match))));
        var alone = intent == ItemIntent.Only ? OnlyItem : OneOfSeveral;
        var byIntent = (1 - outOfScope) * probability * (alone + ((1 - alone) * match));
        return Math.Clamp(Math.Max(direct, byIntent), 0, 1);
    }

    public static double OfWords(float words) => WordsOnlyTrust * words;

    public static double After(double confidence, int downvotes) => confidence / (1 + (PerDownvote * downvotes));
}
