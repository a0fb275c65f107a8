using System.Collections.Immutable;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Knowledge;

/// <summary>What a Q&amp;A item must look like. Used by the decider, and by imports to tell a person what is wrong on which line.</summary>
public static class ContentRules
{
    public const int MaxItemIdLength = 100;
    public const int MaxQuestionLength = 500;
    public const int MaxVariants = 50;
    public const int MaxAnswerLength = 4_000;
    public const int MaxActions = 5;

    /// <summary>All faults, in the order of the fields; empty when the content can be used.</summary>
    public static ImmutableArray<FieldFault> Check(ItemContent content)
    {
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        CheckQuestions(faults, content);
        CheckAnswer(faults, content.Answer);
        if (content.Locale is not ("ko" or "zh" or "en"))
        {
            faults.Add(new("locale", "must be ko, zh or en"));
        }

        CheckActions(faults, content.Actions.OrEmpty());
        if (content.ValidFrom > content.ValidTo)
        {
            faults.Add(new("validTo", "must not be before validFrom"));
        }

        return faults.DrainToImmutable();
    }

    /// <summary>1 to 100 characters, none of them a control character or white space.</summary>
    public static bool IsItemId(string? id) =>
        id is { Length: >= 1 and <= MaxItemIdLength } && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    /// <summary>Words of a-z, 0-9, '_' and '-', joined by dots, such as "order.delay"; at most 64 characters.</summary>
    public static bool IsIntentId(string? id) =>
        id is { Length: >= 1 and <= 64 }
        && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-')
        && id[0] != '.' && id[^1] != '.' && !id.Contains("..", StringComparison.Ordinal);

    /// <summary>Whether two contents say the same. (Records compare arrays by identity, so == would not do.)</summary>
    public static bool Same(ItemContent one, ItemContent other) =>
        Bounded.Same(one.Variants, other.Variants)
        && Bounded.Same(one.Actions, other.Actions)
        && one == other with { Variants = one.Variants, Actions = one.Actions };

    /// <summary>The content with absent lists made empty.</summary>
    internal static ItemContent Whole(ItemContent content) =>
        content.Variants.IsDefault || content.Actions.IsDefault
            ? content with { Variants = content.Variants.OrEmpty(), Actions = content.Actions.OrEmpty() }
            : content;

    private static void CheckQuestions(ImmutableArray<FieldFault>.Builder faults, ItemContent content)
    {
        if (content.Intent is { } intent && !IsIntentId(intent.Value))
        {
            faults.Add(new("intent", "must be like order.delay: a-z, 0-9, '_', '-' and dots, at most 64 characters"));
        }

        if (!IsText(content.Question, MaxQuestionLength))
        {
            faults.Add(new("question", "must have 1 to 500 characters"));
        }

        var variants = content.Variants.OrEmpty();
        if (variants.Length > MaxVariants)
        {
            faults.Add(new("variants", "must be at most 50"));
        }

        for (var i = 0; i < variants.Length; i++)
        {
            if (!IsText(variants[i], MaxQuestionLength))
            {
                faults.Add(new($"variants[{i}]", "must have 1 to 500 characters"));
            }
        }
    }

    private static void CheckAnswer(ImmutableArray<FieldFault>.Builder faults, string? answer)
    {
        if (!IsText(answer, MaxAnswerLength))
        {
            faults.Add(new("answer", "must have 1 to 4,000 characters"));
            return;
        }

        foreach (var name in Placeholders.In(answer!))
        {
            if (!Placeholders.Known.Contains(name))
            {
                faults.Add(new("answer", $"holds the unknown placeholder {{{name}}}"));
            }
        }
    }

    private static void CheckActions(ImmutableArray<FieldFault>.Builder faults, ImmutableArray<AnswerAction> actions)
    {
        if (actions.Length > MaxActions)
        {
            faults.Add(new("actions", "must be at most 5"));
        }

        for (var i = 0; i < actions.Length; i++)
        {
            if (!IsText(actions[i].Label, 60))
            {
                faults.Add(new($"actions[{i}].label", "must have 1 to 60 characters"));
            }

            if (actions[i].Url is { } url && !IsShopPath(url))
            {
                faults.Add(new($"actions[{i}].url", "must be a path of the shop, such as /orders"));
            }
        }
    }

    /// <summary>A path only: a link to elsewhere, or "javascript:", must not come out of a Q&amp;A file.</summary>
    private static bool IsShopPath(string url) =>
        url is { Length: >= 1 and <= 500 }
        && url[0] == '/'
        && !(url.Length > 1 && url[1] is '/' or '\\')
        && !url.Any(char.IsControl);

    private static bool IsText(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;
}
