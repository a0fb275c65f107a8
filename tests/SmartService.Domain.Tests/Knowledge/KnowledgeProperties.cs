using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using SmartService.Domain.Knowledge;
using Xunit;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Knowledge.Qna;

namespace SmartService.Domain.Tests.Knowledge;

public sealed class KnowledgeProperties
{
    private static readonly Gen<KnowledgeCommand> Commands =
        from kind in Gen.Choose(0, 9)
        from i in Gen.Choose(0, 3)
        from r in Gen.Choose(0, 2)
        select kind switch
        {
            0 => Save($"{r} days.", $"item-{i}"),
            1 => new RetireItem(new($"item-{i}"), "kim", Noon),
            2 => Propose($"c{i}", r + 1),
            3 => Confirm($"c{i}", Content($"{i} weeks."), r == 0 ? null : new ItemId($"item-{i}")),
            4 => Build($"r{r}", $"c{i}"),
            5 => new NoteReplay($"r{r}", Report, Noon),
            6 => new Approve($"r{r}", "kim", Noon),
            7 => new GoLive($"r{r}", "kim", Noon),
            8 => new RollBack($"r{r}", "kim", Noon),
            _ => (KnowledgeCommand)new Discard($"r{r}", "kim", Noon),
        };

    [Fact]
    public void Replay_OfAllEvents_IsTheState() => Properties.Holds(Many(), commands =>
    {
        var (state, events) = Run(commands);
        var replayed = Properties
            .Replay<KnowledgeDecider, KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>(events);
        Facts.Of(replayed).ShouldBe(Facts.Of(state));
    });

    [Fact]
    public void AnyCommand_SentTwice_ChangesNothingTheSecondTime() => Properties.Holds(Many(), commands =>
    {
        var state = KnowledgeDecider.Initial;
        foreach (var command in commands)
        {
            state = KnowledgeDecider.Decide(state, command).Events.Aggregate(state, KnowledgeDecider.Evolve);
            KnowledgeDecider.Decide(state, command).Events.ShouldBeEmpty();
        }
    });

    [Fact]
    public void RollBack_RightAfterGoLive_BringsEveryAnswerBack() => Properties.Holds(Many(), commands =>
    {
        var (state, _) = Run(commands);
        var before = Answers(state);
        var live = KnowledgeDecider.Decide(state, new GoLive("r0", "kim", Noon));
        if (live.Events.IsEmpty)
        {
            return;
        }

        var after = live.Events.Aggregate(state, KnowledgeDecider.Evolve);
        var back = KnowledgeDecider.Decide(after, new RollBack("r0", "kim", Noon)).Events.Aggregate(after, KnowledgeDecider.Evolve);
        Answers(back).ShouldBe(before);
    });

    private static Gen<List<KnowledgeCommand>> Many() => Gen.Choose(0, 120).SelectMany(n => Commands.ListOf(n)).Select(l => l.ToList());

    private static string Answers(KnowledgeState state) => Facts.Of(KnowledgeExport.From(state));

    private static (KnowledgeState State, List<KnowledgeEvent> Events) Run(IEnumerable<KnowledgeCommand> commands) =>
        Properties.Run<KnowledgeDecider, KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>(commands);
}
