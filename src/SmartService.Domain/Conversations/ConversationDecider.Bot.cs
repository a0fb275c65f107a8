using System.Collections.Immutable;
using SmartService.Domain.Popups;
using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Conversations.ConversationEvent;
using Decision = SmartService.Domain.Decision<
    SmartService.Domain.Conversations.ConversationEvent, SmartService.Domain.Conversations.ConversationRefusal>;

namespace SmartService.Domain.Conversations;

/// <summary>What the bot says: an answer it is sure of and has not given yet, a question back, or a hand-off. It never invents.</summary>
public sealed partial class ConversationDecider
{
    private static Decision DecideFirst(Open c)
    {
        var opened = new Opened(c.Customer, c.Locale, c.Channel, c.At);
        return c.FromPopup is { } popup ? new ConversationEvent[] { opened, Continue(popup, 1, c.At) } : opened;
    }

    /// <summary>A question that cannot be taken opens nothing.</summary>
    private static Decision DecideFirstQuestion(Open first, Ask c)
    {
        var opened = new Opened(first.Customer, first.Locale, first.Channel, first.At);
        var question = DecideQuestion(Evolve(Initial, opened), c);
        return question.Events.IsEmpty ? question : (ConversationEvent[])[opened, .. question.Events];
    }

    /// <summary>The chat exists. A resent request changes nothing; another popup goes on in the same chat, once.</summary>
    private static Decision DecideAgain(ConversationState state, Open c)
    {
        if (c.Customer != state.Customer)
        {
            return ConversationRefusal.BelongsToAnother;
        }

        if (c.FromPopup is not { } popup || state.Mode == ConversationMode.Human)
        {
            return Decision.Unchanged;
        }

        var answer = Continue(popup, Transcript.Next(state), c.At);
        if (Transcript.Said(state, answer.Source, answer.Text))
        {
            return Decision.Unchanged;
        }

        return Unable(state, messages: 1) is { } refusal ? refusal : answer;
    }

    private static BotAnswered Continue(HelpOffer popup, int number, DateTimeOffset at)
    {
        var sources = popup.Sources.OrEmpty();
        var source = sources.IsEmpty ? new AnswerSource("rule", $"popup.{popup.Cause}", 0, popup.Title) : sources[0];
        return new(number, 0, popup.Topic, popup.Answer, source, popup.Probability, popup.Actions.OrEmpty(), at);
    }

    private static Decision DecideQuestion(ConversationState state, Ask c)
    {
        if (Transcript.Holds(state, c.ClientId))
        {
            return Decision.Unchanged;
        }

        var speaks = state.Mode == ConversationMode.Bot;
        if (Fault(state, c.Text, messages: speaks ? 2 : 1) is { } refusal)
        {
            return refusal;
        }

        var number = Transcript.Next(state);
        var asked = new CustomerAsked(number, c.ClientId, c.Text, c.Reading, c.At);
        return speaks ? new ConversationEvent[] { asked, Respond(state, c, number) } : asked;
    }

    private static ConversationEvent Respond(ConversationState state, Ask c, int asked)
    {
        var reading = c.Reading;
        if (reading.Intent == Intents.ServiceHuman && reading.Confidence >= c.Policy.ClarifyFrom)
        {
            return HandOff(c, asked, HandOffReason.Requested, c.Phrases.HandOffRequested);
        }

        if (reading.Intent == Intents.ServiceComplaint && reading.Confidence >= c.Policy.AnswerFrom)
        {
            return HandOff(c, asked, HandOffReason.Complaint, c.Phrases.Complaint);
        }

        if (c.Rules is { } rules && GoesToAPerson(state, c, rules))
        {
            return HandOff(c, asked, HandOffReason.Rule, c.Phrases.HandOff);
        }

        if (!c.Policy.Autonomy)
        {
            return HandOff(c, asked, HandOffReason.Unanswered, c.Phrases.HandOff);
        }

        return (Answer(state, c, asked) ?? Clarify(state, c, asked)) ?? HandOff(c, asked, Unanswered(c), c.Phrases.HandOff);
    }

    /// <summary>By what was asked, or because the bot has failed often enough here.</summary>
    private static bool GoesToAPerson(ConversationState state, Ask c, HandOffRules rules)
    {
        if (c.Reading.Confidence >= c.Policy.ClarifyFrom && rules.Intents.OrEmpty().Contains(c.Reading.Intent))
        {
            return true;
        }

        return rules.AfterFailures > 0
            && state.Messages.Count(m => m.Author == MessageAuthor.Bot && (m.Helpful == false || !m.Options.OrEmpty().IsEmpty)) >= rules.AfterFailures;
    }

    /// <summary>The best sure answer not given before; a hand-off when every sure one was given; null when none is sure.</summary>
    private static ConversationEvent? Answer(ConversationState state, Ask c, int asked)
    {
        var said = false;
        foreach (var candidate in c.Candidates.OrEmpty())
        {
            if (!(candidate.Confidence >= c.Policy.AnswerFrom))
            {
                continue;
            }

            if (MayRepeat(candidate.Source) || !Transcript.Said(state, candidate.Source, candidate.Text))
            {
                return new BotAnswered(
                    asked + 1, asked, candidate.Intent, candidate.Text, candidate.Source, candidate.Confidence,
                    candidate.Actions.OrEmpty(), c.At)
                {
                    Also = candidate.Also.OrEmpty(),
                };
            }

            said = true;
        }

        return said ? HandOff(c, asked, HandOffReason.SaidBefore, c.Phrases.SaidBefore) : null;
    }

    private static BotClarified? Clarify(ConversationState state, Ask c, int asked)
    {
        var candidates = c.Candidates.OrEmpty();
        var options = c.Options.OrEmpty();
        var worthAsking = !candidates.IsEmpty
            && candidates[0].Confidence >= c.Policy.ClarifyFrom
            && state.Clarifications < c.Policy.MaxClarifications
            && !options.IsEmpty;
        return worthAsking ? new(asked + 1, asked, c.Phrases.Clarify, options, c.At) : null;
    }

    private static HandedOff HandOff(Ask c, int asked, HandOffReason reason, string text) => new(asked + 1, asked, text, reason, c.At);

    /// <summary>A reading without a model name means that the model failed.</summary>
    private static HandOffReason Unanswered(Ask c) =>
        string.IsNullOrEmpty(c.Reading.Model) && c.Candidates.OrEmpty().IsEmpty
            ? HandOffReason.ModelFailed
            : HandOffReason.Unanswered;

    /// <summary>Greetings and thanks may be said again.</summary>
    private static bool MayRepeat(AnswerSource source) =>
        source.Kind == "rule" && source.Id.StartsWith("chat.", StringComparison.Ordinal);
}
