using SmartService.Assistance.Learning;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Learning;
using SmartService.Domain.Popups;
using static SmartService.Domain.Conversations.ConversationEvent;

namespace SmartService.Assistance.Tests.Learning;

public sealed class ConversationLessonsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly IntentId Delay = new("order.delay");
    private static readonly IntentId Fee = new("delivery.fee");

    [Fact]
    public void Answer_CalledHelpful_MeansItsIntent() =>
        Of(Asked(1), Answered(2, 1, Delay), new AnswerRated(2, true, Noon)).ShouldBe([(LessonKind.Helpful, 1, Delay, true)]);

    [Fact]
    public void Answer_Downvoted_DoesNotMeanItsIntent() =>
        Of(Asked(1), Answered(2, 1, Delay), new AnswerRated(2, false, Noon)).ShouldBe([(LessonKind.Downvoted, 1, Delay, false)]);

    [Fact]
    public void Answer_ThenAPersonWanted_DoesNotMeanItsIntent() =>
        Of(Asked(1), Answered(2, 1, Delay), new HandedOff(3, 0, "One moment.", HandOffReason.Requested, Noon, "op"))
            .ShouldBe([(LessonKind.HandedOff, 1, Delay, false)]);

    [Fact]
    public void Answer_NobodySaidAnything_TeachesNothing() => Of(Asked(1), Answered(2, 1, Delay)).ShouldBeEmpty();

    [Fact]
    public void AskedBack_OptionChosen_MeansIt() =>
        Of(Asked(1), Clarified(2, 1), Asked(3, "delivery fee ")).ShouldBe([(LessonKind.Chosen, 1, Fee, true)]);

    [Fact]
    public void AskedBack_AskedSomethingElse_MeansNoneOfThem() =>
        Of(Asked(1), Clarified(2, 1), Asked(3, "do you sell tents?"))
            .ShouldBe([(LessonKind.AskedElse, 1, Delay, false), (LessonKind.AskedElse, 1, Fee, false)]);

    [Fact]
    public void AskedBack_NothingCame_TeachesNothing() => Of(Asked(1), Clarified(2, 1)).ShouldBeEmpty();

    [Fact]
    public void HandedOff_PersonGaveAKnownAnswer_MeansItsIntent() =>
        Of(Asked(1), new HandedOff(2, 1, "A colleague will reply.", HandOffReason.Unanswered, Noon), new AgentReplied(3, "a", "mia", "Five.", Noon))
            .ShouldBe([(LessonKind.PersonAnswered, 1, Fee, true)]);

    [Fact]
    public void HandedOff_PersonSaidSomethingNew_TeachesNothing() =>
        Of(Asked(1), new HandedOff(2, 1, "A colleague will reply.", HandOffReason.Unanswered, Noon), new AgentReplied(3, "a", "mia", "Let me see.", Noon)).ShouldBeEmpty();

    [Fact]
    public void Taught_Question_OverridesWhatShoppersShowed()
    {
        var taught = new Dictionary<string, TaughtIntent> { ["c-1#1"] = new(new("c-1"), 1, Fee, "mia", Noon) };

        Of(taught, Asked(1), Answered(2, 1, Delay), new AnswerRated(2, true, Noon)).ShouldBe([(LessonKind.Taught, 1, Fee, true)]);
    }

    [Fact]
    public void Erased_Conversation_TeachesNothing() =>
        Of(Asked(1), Answered(2, 1, Delay), new AnswerRated(2, true, Noon), new Erased(Noon)).ShouldBeEmpty();

    private static (LessonKind Kind, int Number, IntentId Intent, bool Means)[] Of(params ConversationEvent[] events) => Of([], events);

    private static (LessonKind Kind, int Number, IntentId Intent, bool Means)[] Of(Dictionary<string, TaughtIntent> taught, params ConversationEvent[] events)
    {
        var state = events.Prepend(new Opened(new("ada"), "en", null, Noon)).Aggregate(ConversationDecider.Initial, ConversationDecider.Evolve);
        return [.. ConversationLessons.Of(new("c-1"), state, taught, text => text == "Five." ? Fee : null)
            .Select(lesson => (lesson.Kind, lesson.Number, lesson.Intent, lesson.Means))];
    }

    private static CustomerAsked Asked(int number, string text = "hm?") => new(number, $"m-{number}", text, new(Delay, 0.5, 0.1, "en", "m"), Noon);

    private static BotAnswered Answered(int number, int replies, IntentId intent) =>
        new(number, replies, intent, "It is late.", new AnswerSource("rule", "r", 0), 0.9, [], Noon);

    private static BotClarified Clarified(int number, int replies) => new(number, replies, "Do you mean…?", [new(Delay, "A late parcel"), new(Fee, "Delivery fee")], Noon);
}
