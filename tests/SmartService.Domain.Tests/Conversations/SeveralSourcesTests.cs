using Shouldly;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;
using Xunit;
using static SmartService.Domain.Tests.Conversations.Conversation;

namespace SmartService.Domain.Tests.Conversations;

/// <summary>An answer to two questions has two sources; neither half is said again.</summary>
public sealed class SeveralSourcesTests
{
    private static readonly AnswerSource Fee = new("qna", "fee", 1, "Fee?");
    private static readonly AnswerSource Hours = new("qna", "hours", 1, "Hours?");

    [Fact]
    public void Ask_TwoQuestions_KeepsBothSources() => GivenOpen()
        .When(Ask("m1") with { Candidates = [Both()] })
        .ThenState(s => s.Messages[^1].ShouldSatisfyAllConditions(
            m => m.Source.ShouldBe(Fee), m => m.Also.ShouldBe([Hours])));

    [Fact]
    public void Ask_OneHalfAgain_IsSaidBefore()
    {
        foreach (var half in new[] { Half(Fee, "$5."), Half(Hours, "9 to 6.") })
        {
            GivenOpen()
                .When(Ask("m1") with { Candidates = [Both()] })
                .When(Ask("m2") with { Candidates = [half] })
                .ThenState(s => s.Messages[^1].Reason.ShouldBe(HandOffReason.SaidBefore));
        }
    }

    [Fact]
    public void Ask_BothAgain_IsSaidBefore() => GivenOpen()
        .When(Ask("m1") with { Candidates = [Both()] })
        .When(Ask("m2") with { Candidates = [Both()] })
        .ThenState(s => s.Messages[^1].Reason.ShouldBe(HandOffReason.SaidBefore));

    [Fact]
    public void Ask_AnotherAnswerOfTheSameItem_IsGiven() => GivenOpen()
        .When(Ask("m1") with { Candidates = [Both()] })
        .When(Ask("m2") with { Candidates = [Half(Fee, "$7.")] })
        .ThenState(s => s.Messages[^1].Text.ShouldBe("$7."));

    private static CandidateAnswer Both() => Half(Fee, "$5.\n\n9 to 6.") with { Also = [Hours] };

    private static CandidateAnswer Half(AnswerSource source, string text) => new(new("delivery.fee"), text, source, 0.9, []);
}
