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
        return faults.DrainToImmutable();
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
