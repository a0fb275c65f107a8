using Shouldly;
using SmartService.Domain.Knowledge;
using Xunit;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Knowledge.Qna;

namespace SmartService.Domain.Tests.Knowledge;

public sealed class ReleaseTests
{
    private static readonly NoteReplay Replay = new("r1", Report, Noon);
    private static readonly Approve Approval = new("r1", "kim", Noon);
    private static readonly GoLive Live = new("r1", "kim", Noon);
    private static readonly RollBack Back = new("r1", "kim", Noon);
    private static readonly Discard Away = new("r1", "kim", Noon);

    [Fact]
    public void BuildRelease_Twice_ChangesNothing() => GivenConfirmed().ThenTwiceIsOnce(Build());

    [Fact]
    public void BuildRelease_SameIdOtherCandidates_IsRefused() => GivenBuilt()
        .When(Build("r1", "c2"))
        .ThenRefused(KnowledgeRefusal.AlreadyDecided);

    [Fact]
    public void BuildRelease_NotConfirmed_IsRefused() => GivenCandidate()
        .When(Build("r1", "c1"))
        .ThenRefused(KnowledgeRefusal.NotConfirmed);

    [Fact]
    public void BuildRelease_UnknownOrNone_IsRefused()
    {
        GivenConfirmed().When(Build("r1", "nobody")).ThenRefused(KnowledgeRefusal.CandidateNotFound);
        GivenConfirmed().When(Build() with { Candidates = [] }).ThenRefused(KnowledgeRefusal.CandidateNotFound);
    }

    [Fact]
    public void BuildRelease_CandidateOfAnotherRelease_IsRefused() => GivenBuilt()
        .When(Build("r2", "c1"))
        .ThenRefused(KnowledgeRefusal.AlreadyDecided);

    [Fact]
    public void BuildRelease_TwoAnswersForOneItem_IsRefused() => GivenConfirmed()
        .When(Confirm("c2", Content("90 days."), Returns))
        .When(Build())
        .ThenRefused(KnowledgeRefusal.VersionConflict);

    [Fact]
    public void NoteReplay_Twice_ChangesNothing() => GivenBuilt().ThenTwiceIsOnce(Replay);

    [Fact]
    public void NoteReplay_ManyChanges_Keeps500() => GivenBuilt()
        .When(Replay with { Report = Report with { Changes = [.. Enumerable.Repeat(Report.Changes[0], 900)] } })
        .ThenState(s => s.Releases[0].Replay!.Changes.Length.ShouldBe(500));

    [Fact]
    public void NoteReplay_AnotherAfterApproval_IsRefused() => GivenApproved()
        .When(Replay with { Report = Report with { Losses = 9 } })
        .ThenRefused(KnowledgeRefusal.AlreadyDecided);

    [Fact]
    public void Approve_Twice_ChangesNothing() => GivenReplayed().ThenTwiceIsOnce(Approval);

    [Fact]
    public void Approve_NotReplayed_IsRefused() => GivenBuilt().When(Approval).ThenRefused(KnowledgeRefusal.NotReplayed);

    [Fact]
    public void Approve_Discarded_IsRefused() => GivenReplayed().When(Away).When(Approval).ThenRefused(KnowledgeRefusal.AlreadyDecided);

    [Fact]
    public void GoLive_Twice_ChangesNothing() => GivenApproved().ThenTwiceIsOnce(Live);

    [Fact]
    public void GoLive_Approved_ChangesAllItsItems() => GivenApproved()
        .When(Live)
        .Then(
            new KnowledgeEvent.ReleaseWentLive("r1", [new(Returns, 1), new(new("r1-2"), 0)], "kim", Noon),
            new KnowledgeEvent.ItemSaved(Returns, 2, Content("60 days."), "kim", "r1", Noon),
            new KnowledgeEvent.ItemSaved(new("r1-2"), 1, Content("Yes, in a bag."), "kim", "r1", Noon))
        .ThenState(s => s.Candidates["c1"].Status.ShouldBe(CandidateStatus.Released));

    [Fact]
    public void GoLive_ItemSaysSoAlready_LeavesItAlone() => GivenApproved()
        .When(Save("60 days."))
        .When(Live)
        .ThenState(s => s.Items["returns"].Live.Version.ShouldBe(2))
        .ThenState(s => s.Releases[0].Undo.ShouldBe([new ReleasedItem(new("r1-2"), 0)]));

    [Fact]
    public void GoLive_TooEarly_IsRefused()
    {
        GivenBuilt().When(Live).ThenRefused(KnowledgeRefusal.NotReplayed);
        GivenReplayed().When(Live).ThenRefused(KnowledgeRefusal.NotApproved);
    }

    [Fact]
    public void GoLive_AfterRollBack_IsRefused() => GivenLive().When(Back).When(Live).ThenRefused(KnowledgeRefusal.AlreadyDecided);

    [Fact]
    public void RollBack_Twice_ChangesNothing() => GivenLive().ThenTwiceIsOnce(Back);

    [Fact]
    public void RollBack_Live_BringsTheFormerAnswerBackAndRetiresNewItems() => GivenLive()
        .When(Back)
        .Then(
            new KnowledgeEvent.ReleaseRolledBack("r1", "kim", Noon),
            new KnowledgeEvent.ItemSaved(Returns, 3, Content(), "kim", null, Noon),
            new KnowledgeEvent.ItemRetired(new("r1-2"), 2, "kim", "r1", Noon))
        .ThenState(s => s.Candidates["c1"].Status.ShouldBe(CandidateStatus.Waiting));

    [Fact]
    public void RollBack_ReplacedARetiredItem_RetiresItAgain() => GivenApproved()
        .When(new RetireItem(Returns, "kim", Noon))
        .When(Live)
        .When(Back)
        .ThenState(s => s.Items["returns"].Live.Retired.ShouldBeTrue());

    [Fact]
    public void RollBack_NotLive_IsRefused() => GivenApproved().When(Back).ThenRefused(KnowledgeRefusal.NotLive);

    [Fact]
    public void RollBack_LaterChangeStandsOnIt_IsRefused() => GivenLive()
        .When(Save("90 days."))
        .When(Back)
        .ThenRefused(KnowledgeRefusal.NotLive);

    [Fact]
    public void RollBack_LaterReleaseRolledBackFirst_IsAllowed() => GivenLive()
        .When(Propose("c3"))
        .When(Confirm("c3", Content("90 days."), Returns))
        .ToLive("r2", "c3")
        .When(Back).ThenRefused(KnowledgeRefusal.NotLive)
        .When(Back with { Release = "r2" })
        .ThenState(s => s.LiveAnswer("returns").ShouldBe("60 days."))
        .When(Back)
        .ThenState(s => s.LiveAnswer("returns").ShouldBe("30 days."));

    [Fact]
    public void Discard_Twice_ChangesNothing() => GivenApproved().ThenTwiceIsOnce(Away);

    [Fact]
    public void Discard_FreesItsCandidates() => GivenBuilt()
        .When(Away)
        .When(Build("r2"))
        .ThenOne().ShouldBeOfType<KnowledgeEvent.ReleaseBuilt>();

    [Fact]
    public void Discard_Live_IsRefused() => GivenLive().When(Away).ThenRefused(KnowledgeRefusal.AlreadyDecided);

    [Fact]
    public void AnyStep_UnknownRelease_IsRefused()
    {
        KnowledgeCommand[] commands = [Replay, Approval, Live, Back, Away];
        foreach (var command in commands)
        {
            GivenConfirmed().When(command).ThenRefused(KnowledgeRefusal.ReleaseNotFound);
        }
    }

    [Fact]
    public void BuildRelease_Many_Keeps200()
    {
        var qna = GivenConfirmed();
        for (var i = 0; i < 250; i++)
        {
            qna.When(Build($"r{i}")).When(Away with { Release = $"r{i}" });
        }

        qna.State.Releases.Length.ShouldBe(200);
        qna.State.Releases[^1].Id.ShouldBe("r249");
    }
}
