using System.Collections.Immutable;
using System.Text.RegularExpressions;
using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>Finds the questions in one message: "where is it, can I still change the size, and how much is the delivery?".</summary>
/// <remarks>
/// Cuts only at punctuation and conjunctions, and only when each part by itself is a question that the model is sure of, of two
/// intents or more. "I returned my boots, where is my money?" stays whole: its first part tells, it asks nothing. Of all ways to cut,
/// the one that finds most intents is taken, of those one with the fewest parts, of those the surest.
/// </remarks>
internal sealed partial class QuestionSplitter(QuestionReader reader)
{
    /// <summary>Questions of one message that are answered; of more, the first ones.</summary>
    public const int Most = 5;

    private const float SureOfPart = 0.55f;
    private const float MostOutOfScope = 0.4f;
    private const int MostPieces = 8;
    private const int LongestText = 400;

    /// <returns>The parts with their readings, each of another intent, in the shopper's order; empty when the text is one question.</returns>
    public async ValueTask<IReadOnlyList<(string Text, MessageUnderstanding Reading)>> SplitAsync(TenantId tenant, string text, CancellationToken ct)
    {
        var pieces = text.Length > LongestText || !HasJoint(text) ? [] : PiecesOf(text);
        if (pieces.Count < 2)
        {
            return [];
        }

        // Only parts that what comes before them leaves room for are read.
        var parts = new Part?[pieces.Count, pieces.Count];
        var starts = new bool[pieces.Count + 1];
        starts[0] = true;
        for (var from = 0; from < pieces.Count; from++)
        {
            for (var to = from; starts[from] && to < pieces.Count && to - from < pieces.Count - 1; to++)
            {
                var part = text[pieces[from].Start..pieces[to].End].Trim();
                if (Asks(part) && await SureAsync(tenant, part, ct) is { } reading)
                {
                    parts[from, to] = new(part, reading);
                    starts[to + 1] = true;
                }
            }
        }

        var best = new Choice([], 0, 0);
        Choose(parts, 0, new([], 0, 1), ref best);
        return best.Apart.Length < 2 ? [] : [.. best.Apart.Take(Most).Select(part => (part.Text, part.Reading))];
    }

    /// <summary>Something comes after punctuation or a conjunction. Most messages are one question, and end with its mark.</summary>
    private static bool HasJoint(string text)
    {
        foreach (var joint in Joints().EnumerateMatches(text))
        {
            if (joint.Index + joint.Length < text.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The smallest pieces a text could be cut into: something is asked before each cut and after it.</summary>
    internal static IReadOnlyList<(int Start, int End)> PiecesOf(string text)
    {
        var pieces = new List<(int Start, int End)>();
        var start = 0;
        foreach (Match joint in Joints().Matches(text))
        {
            var kept = joint.Groups["kept"];
            var end = kept.Success ? kept.Index + kept.Length : joint.Index;
            var next = joint.Index + joint.Length;
            if (pieces.Count < MostPieces - 1 && start < end && Asks(text[next..]) && Asks(text[..end]))
            {
                pieces.Add((start, end));
                start = next;
            }
        }

        pieces.Add((start, text.Length));
        return pieces;
    }

    /// <summary>Tries all ways to cut the rest of a text; at most 2⁷, and next to none where few parts are sure.</summary>
    private static void Choose(Part?[,] parts, int from, Choice soFar, ref Choice best)
    {
        if (from == parts.GetLength(0))
        {
            best = soFar.IsBetterThan(best) ? soFar : best;
            return;
        }

        for (var to = from; to < parts.GetLength(0); to++)
        {
            if (parts[from, to] is { } part)
            {
                Choose(parts, to + 1, soFar.With(part), ref best);
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

    private static bool Asks(string text) => text.Trim() is { Length: >= 3 } words && Asking().IsMatch(Terms.Normalise(words));

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

    private readonly record struct Part(string Text, MessageUnderstanding Reading);

    /// <param name="Apart">Parts that ask something else than those before them.</param>
    private readonly record struct Choice(ImmutableArray<Part> Apart, int Parts, float Sure)
    {
        public Choice With(Part part) => new(
            Apart.All(other => AreApart(other.Reading.Best.Intent, part.Reading.Best.Intent)) ? Apart.Add(part) : Apart,
            Parts + 1,
            Math.Min(Sure, part.Reading.Best.Probability));

        public bool IsBetterThan(Choice other) => (Apart.Length, -Parts, Sure).CompareTo((other.Apart.Length, -other.Parts, other.Sure)) > 0;
    }
}
