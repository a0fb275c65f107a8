using System.Collections.Immutable;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Tenants;

/// <summary>The ranges of a tenant's policy.</summary>
public static class PolicyRules
{
    public const int MaxForbiddenWords = 200;

    /// <summary>All faults, in the order of the fields; empty when the policy can be used.</summary>
    public static ImmutableArray<FieldFault> Check(TenantPolicy policy)
    {
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        Require(faults, Enum.IsDefined(policy.Tone), "tone", "must be Friendly, Formal or Playful");
        CheckWords(faults, policy.ForbiddenWords.OrEmpty());
        CheckPopups(faults, policy.Popups);
        CheckBot(faults, policy.Bot);
        Require(faults, policy.MessagesPerMinute is >= 1 and <= 600, "messagesPerMinute", "must be between 1 and 600");
        Require(faults, policy.Languages.OrEmpty().All(l => l is "ko" or "zh" or "en"), "languages", "must be of ko, zh and en");
        Require(faults, policy.DiscountLimit is null or (>= 0 and <= 100), "discountLimit", "must be between 0 and 100");
        Require(faults, policy.RetentionDays is null or (>= 7 and <= 3_650), "retentionDays", "must be between 7 and 3,650");
        Require(faults, policy.HandOff is null or { AfterFailures: >= 0 and <= 10 }, "handOff.afterFailures", "must be between 0 and 10");
        Require(faults, (policy.HandOff?.Intents.OrEmpty().Length ?? 0) <= 50, "handOff.intents", "must be at most 50");
        CheckHours(faults, policy.Hours);
        return faults.DrainToImmutable();
    }

    private static void CheckHours(ImmutableArray<FieldFault>.Builder faults, OpeningHours? hours)
    {
        if (hours is null)
        {
            return;
        }

        Require(faults, hours.Week.OrEmpty().Length <= OpeningHours.MaxSpans, "hours.week", "must be at most 42 spans");
        Require(faults, hours.Holidays.OrEmpty().Length <= OpeningHours.MaxHolidays, "hours.holidays", "must be at most 100");
        for (var i = 0; i < hours.Week.OrEmpty().Length; i++)
        {
            var span = hours.Week[i];
            Require(faults, span.To == default || span.From < span.To, $"hours.week[{i}]", "must end after it begins; 00:00 is the end of the day");
        }

        for (var i = 0; i < hours.Holidays.OrEmpty().Length; i++)
        {
            var (from, to) = (hours.Holidays[i].From, hours.Holidays[i].To);
            Require(faults, from is null == to is null && (to is null || to == default(TimeOnly) || from < to), $"hours.holidays[{i}]", "has both times or none, and ends after it begins");
            Require(faults, hours.Holidays[i].Name is null or { Length: <= 100 }, $"hours.holidays[{i}].name", "must have at most 100 characters");
        }
    }

    private static void CheckWords(ImmutableArray<FieldFault>.Builder faults, ImmutableArray<string> words)
    {
        Require(faults, words.Length <= MaxForbiddenWords, "forbiddenWords", "must be at most 200");
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            Require(
                faults, !string.IsNullOrWhiteSpace(word) && word.Length <= 100, $"forbiddenWords[{i}]", "must have 1 to 100 characters");
        }
    }

    private static void CheckPopups(ImmutableArray<FieldFault>.Builder faults, PopupPolicy popups)
    {
        Require(faults, popups.PerSession is >= 0 and <= 20, "popups.perSession", "must be between 0 and 20");
        Require(faults, popups.PerDay is >= 0 and <= 50, "popups.perDay", "must be between 0 and 50");
        Require(
            faults, popups.Pause >= TimeSpan.Zero && popups.Pause <= TimeSpan.FromHours(24), "popups.pause", "must be between 0 s and 24 h");
        Require(faults, popups.HoldoutShare is >= 0 and <= 0.5, "popups.holdoutShare", "must be between 0 and 0.5");
        Require(faults, popups.MinProbability is >= 0 and <= 1, "popups.minProbability", "must be between 0 and 1");
        Require(faults, popups.Precision is >= 0.3 and <= 0.99, "popups.precision", "must be between 0.3 and 0.99");
        Require(faults, popups.ExploreShare is >= 0 and <= 0.2, "popups.exploreShare", "must be between 0 and 0.2");
    }

    private static void CheckBot(ImmutableArray<FieldFault>.Builder faults, BotPolicy bot)
    {
        Require(faults, bot.AnswerFrom is >= 0 and <= 1, "bot.answerFrom", "must be between 0 and 1");
        Require(faults, bot.ClarifyFrom >= 0 && bot.ClarifyFrom <= bot.AnswerFrom, "bot.clarifyFrom", "must be between 0 and bot.answerFrom");
        Require(faults, bot.MaxClarifications is >= 0 and <= 3, "bot.maxClarifications", "must be between 0 and 3");
    }

    private static void Require(ImmutableArray<FieldFault>.Builder faults, bool holds, string field, string message)
    {
        if (!holds)
        {
            faults.Add(new(field, message));
        }
    }
}
