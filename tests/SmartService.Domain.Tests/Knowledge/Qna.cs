using SmartService.Domain.Knowledge;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Tests.Known;
using Given = SmartService.Domain.Tests.Given<
    SmartService.Domain.Knowledge.KnowledgeDecider, SmartService.Domain.Knowledge.KnowledgeState,
    SmartService.Domain.Knowledge.KnowledgeCommand, SmartService.Domain.Knowledge.KnowledgeEvent,
    SmartService.Domain.Knowledge.KnowledgeRefusal>;

namespace SmartService.Domain.Tests.Knowledge;

/// <summary>Questions and answers in telling states, and commands to them with the dull fields filled.</summary>
internal static class Qna
{
    public static readonly ItemId Returns = new("returns");
    public static readonly ReplayReport Report = new(14, 900, 40, 30, 2, [new("q", "en", null, "a", 0, 0.9, true, false)], Noon);

    public static Given Given(params KnowledgeEvent[] events) => Domain.Tests.Given<
        KnowledgeDecider, KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>.Events(events);

    public static Given GivenItem() => Given().When(Save());

    public static Given GivenCandidate() => GivenItem().When(Propose());

    /// <summary>c1 changes the returns item, c2 makes a new one.</summary>
    public static Given GivenConfirmed() => GivenCandidate()
        .When(Propose("c2"))
        .When(Confirm("c1", Content("60 days."), Returns))
        .When(Confirm("c2", Content("Yes, in a bag.")));

    public static Given GivenBuilt() => GivenConfirmed().When(Build());

    public static Given GivenReplayed() => GivenBuilt().When(new NoteReplay("r1", Report, Noon));

    public static Given GivenApproved() => GivenReplayed().When(new Approve("r1", "kim", Noon));

    public static Given GivenLive() => GivenApproved().When(new GoLive("r1", "kim", Noon));

    public static ItemContent Content(string answer = "30 days.", string question = "How long can I return?") =>
        new(new("return.policy"), question, ["Return period?"], answer, "en", [new("Start a return", "/returns")]);

    public static SaveItem Save(string answer = "30 days.", string id = "returns", int? expected = null) =>
        new(new(id), Content(answer), "kim", expected, Noon);

    public static Propose Propose(string id = "c1", int count = 3) =>
        new(id, "Can I return it late?", ["late return?"], count, CandidateOrigin.Unanswered, null, Noon);

    public static Confirm Confirm(string id, ItemContent content, ItemId? replaces = null) => new(id, content, replaces, "kim", Noon);

    public static BuildRelease Build(string id = "r1", params string[] candidates) =>
        new(id, candidates.Length == 0 ? ["c1", "c2"] : [.. candidates], "March", "kim", Noon);

    public static string LiveAnswer(this KnowledgeState state, string id) => state.Items[id].Live.Content.Answer;

    /// <summary>Takes confirmed candidates through to live.</summary>
    public static Given ToLive(this Given given, string release, params string[] candidates) => given
        .When(Build(release, candidates))
        .When(new NoteReplay(release, Report, Noon))
        .When(new Approve(release, "kim", Noon))
        .When(new GoLive(release, "kim", Noon));
}
