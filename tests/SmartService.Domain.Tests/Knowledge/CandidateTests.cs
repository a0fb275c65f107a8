using Shouldly;
using SmartService.Domain.Knowledge;
using Xunit;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Knowledge.Qna;

namespace SmartService.Domain.Tests.Knowledge;

public sealed class CandidateTests
{
    [Fact]
    public void Propose_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(Propose());

    [Fact]
    public void Propose_Known_OnlyRaisesCountAndExamples() => Given()
        .When(Propose())
        .When(Propose(count: 9) with { Question = "Other words", Examples = ["late return?", "too late?"] })
        .ThenState(s => s.Candidates["c1"].ShouldSatisfyAllConditions(
            c => c.Count.ShouldBe(9),
            c => c.Question.ShouldBe("Can I return it late?"),
            c => c.Examples.ShouldBe(["late return?", "too late?"])))
        .When(Propose(count: 2)).ThenNothing();

    [Fact]
    public void Propose_ManyExamples_KeepsTwenty() => Given()
        .When(Propose() with { Examples = [.. Enumerable.Range(0, 50).Select(i => $"example {i}")] })
        .ThenState(s => s.Candidates["c1"].Examples.Length.ShouldBe(20));

    [Fact]
    public void Propose_NoQuestion_IsRefused() => Given()
        .When(Propose() with { Question = " " })
        .ThenRefused(KnowledgeRefusal.BadContent);

    [Fact]
    public void Propose_ChangeOfAnUnknownItem_IsRefused() => Given()
        .When(Propose() with { Replaces = Returns })
        .ThenRefused(KnowledgeRefusal.ItemNotFound);

    [Fact]
    public void Propose_Dismissed_IsNotOpenedAgain() => GivenCandidate()
        .When(new Dismiss("c1", "kim", Noon))
        .When(Propose(count: 99))
        .ThenNothing();

    [Fact]
    public void Propose_5001_DropsTheOldestDecidedFirst()
    {
        var qna = Given();
        for (var i = 0; i < 5_000; i++)
        {
            qna.When(Propose($"c{i}") with { At = Later(i) });
        }

        qna.When(new Dismiss("c7", "kim", Noon)).When(Propose("new")).When(Propose("newer") with { At = Later(9_999) });
        qna.State.Candidates.Count.ShouldBe(5_000);
        qna.State.Candidates.ContainsKey("c7").ShouldBeFalse();
        qna.State.Candidates.ContainsKey("newer").ShouldBeTrue();
    }

    [Fact]
    public void Confirm_Twice_ChangesNothing() => GivenCandidate().ThenTwiceIsOnce(Confirm("c1", Content(), Returns));

    [Fact]
    public void Confirm_Unknown_IsRefused() => Given().When(Confirm("c1", Content())).ThenRefused(KnowledgeRefusal.CandidateNotFound);

    [Fact]
    public void Confirm_BadAnswer_IsRefused() => GivenCandidate()
        .When(Confirm("c1", Content("{nonsense}")))
        .ThenRefused(KnowledgeRefusal.BadContent);

    [Fact]
    public void Confirm_ReplacingAnUnknownItem_IsRefused() => GivenCandidate()
        .When(Confirm("c1", Content(), new ItemId("nowhere")))
        .ThenRefused(KnowledgeRefusal.ItemNotFound);

    [Fact]
    public void Confirm_Dismissed_IsRefused() => GivenCandidate()
        .When(new Dismiss("c1", "kim", Noon))
        .When(Confirm("c1", Content()))
        .ThenRefused(KnowledgeRefusal.AlreadyDecided);

    [Fact]
    public void Confirm_PartOfARelease_IsRefused() => GivenBuilt()
        .When(Confirm("c1", Content("Other.")))
        .ThenRefused(KnowledgeRefusal.AlreadyDecided);

    [Fact]
    public void Dismiss_Twice_ChangesNothing() => GivenCandidate().ThenTwiceIsOnce(new Dismiss("c1", "kim", Noon));

    [Fact]
    public void Dismiss_Unknown_IsRefused() => Given()
        .When(new Dismiss("c1", "kim", Noon))
        .ThenRefused(KnowledgeRefusal.CandidateNotFound);

    [Fact]
    public void Dismiss_Released_IsRefused() => GivenLive()
        .When(new Dismiss("c1", "kim", Noon))
        .ThenRefused(KnowledgeRefusal.AlreadyDecided);
}
