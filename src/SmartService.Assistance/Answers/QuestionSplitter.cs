using System.Text.RegularExpressions;
using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>Finds two questions in one message: "where is it, and can I still change the size?".</summary>
/// <remarks>
/// Cuts only at punctuation and conjunctions, and only when each part by itself is a question of its own intent that the model
/// is sure of. "I returned my boots, where is my money?" stays whole: its first part tells, it asks nothing.
/// </remarks>
internal sealed partial class QuestionSplitter(QuestionReader reader)
{
    private const float SureOfPart = 0.55f;
    private const float MostOutOfScope = 0.4f;
    private const int MostCuts = 6;
    private const int LongestText = 400;

    /// <returns>The two parts with their readings, in the shopper's order; empty when the text is one question.</returns>
    public async ValueTask<IReadOnlyList<(string Text, MessageUnderstanding Reading)>> SplitAsync(TenantId tenant, string text, CancellationToken ct)
    {
        if (text.Length > LongestText)
        {
            return [];
        }

        var best = 0f;
        (string Text, MessageUnderstanding Reading)[] parts = [];
        foreach (var (left, right) in Cuts(text).Take(MostCuts))
        {
            if (await SureAsync(tenant, left, ct) is { } first && await SureAsync(tenant, right, ct) is { } second
                && AreApart(first.Best.Intent, second.Best.Intent)
                && Math.Min(first.Best.Probability, second.Best.Probability) is var sure && sure > best)
            {
                (best, parts) = (sure, [(left, first), (right, second)]);
            }
        }

        return parts;
    }

    /// <summary>Where a text could be cut in two questions.</summary>
    internal static IEnumerable<(string Left, string Right)> Cuts(string text)
    {
        foreach (Match joint in Joints().Matches(text))
        {
            var (left, right) = (text[..joint.Index].Trim(), text[(joint.Index + joint.Length)..].Trim());
            var ending = joint.Groups["kept"];
            left = ending.Success ? text[..(ending.Index + ending.Length)].Trim() : left;
            if (Asks(left) && Asks(right))
            {
                yield return (left, right);
            }
        }
    }

    private async ValueTask<MessageUnderstanding?> SureAsync(TenantId tenant, string part, CancellationToken ct)
    {
        var reading = await reader.ReadAsync(tenant, part, ct);
        return reading is { OutOfScope: < MostOutOfScope, Best.Probability: >= SureOfPart } && IsQuestion(reading.Best.Intent) ? reading : null;
    }

    private static bool IsQuestion(IntentId intent) =>
        intent != Intents.OutOfScope && !intent.Value.StartsWith("chat.", StringComparison.Ordinal)
        && intent != Intents.ServiceHuman && intent != Intents.ServiceComplaint && intent != Intents.ServicePraise;

    private static bool AreApart(IntentId one, IntentId other) =>
        one != other && !(OrderIntents.Parcel.Contains(one) && OrderIntents.Parcel.Contains(other));

    private static bool Asks(string part) => part.Length >= 3 && Asking().IsMatch(Terms.Normalise(part));

    /// <summary>Punctuation with or without a conjunction after it, or a conjunction alone. Korean joins with verb endings, which stay with their verb.</summary>
    [GeneratedRegex(
        @"[,;.?!，；。？！、\n]+\s*(?:(?:and|but|also|plus|besides)\s+|그리고\s*|또\s+|근데\s*|还有[，,]?|另外[，,]?|而且|并且|顺便(?:问一下)?[，,]?|以及|同时|那)?"
        + @"|\s+(?:and|but|also|plus)\s+(?:also\s+)?|\s*(?:그리고|그리구)\s+|(?<kept>(?:고|는데|은데|구요|고요|지만))\s+|(?:还有|另外|顺便|以及|并且|同时)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Joints();

    /// <summary>Signs that a part asks or wants something.</summary>
    [GeneratedRegex(
        @"\b(?:where|when|how|what|which|who|why|can|could|may|do|does|did|is|are|will|would|should|has|have|please|want|need|like to)\b"
        + @"|어디|언제|얼마|어떻게|무엇|뭐|왜|몇|누가|어느|나요|까요|가요|되나|돼요|되요|주세요|주실|싶|수 있|가능|왔|있어요|있나|인지|할래"
        + @"|吗|呢|怎么|什么|哪|多少|多久|几|能|可以|是否|帮我|我要|我想|想要|请|啥|谁|还没|有没有",
        RegexOptions.CultureInvariant)]
    private static partial Regex Asking();
}
