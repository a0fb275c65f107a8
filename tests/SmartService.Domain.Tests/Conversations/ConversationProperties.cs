using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using SmartService.Domain.Conversations;
using Xunit;
using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Conversations.ConversationEvent;
using static SmartService.Domain.Tests.Conversations.Conversation;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Conversations;

public sealed class ConversationProperties
{
    private static readonly Gen<ConversationCommand> Commands =
        from kind in Gen.Choose(0, 9)
        from n in Gen.Choose(0, 25)
        from confidence in Gen.Elements(0.1, 0.3, 0.9)
        select kind switch
        {
            0 => new RequestPerson($"op{n}", Phrases, Noon),
            1 => new Reply($"a{n}", "kim", $"Reply {n}", Noon),
            2 => new GiveBack("kim", Noon),
            3 => new MarkRead(n % 2 == 0 ? MessageAuthor.Customer : MessageAuthor.Agent, n, Noon),
            4 => new RateAnswer(n, n % 2 == 0, Noon),
            5 => OpenByAda with { FromPopup = Popup($"p{n}", $"Answer {n % 5}") },
            _ => (ConversationCommand)Ask($"m{n}", Answer($"item-{n % 6}", confidence), Answer($"item-{n % 4}", 0.6)),
        };

    [Fact]
    public void Numbers_AnyCommands_HaveNoGaps() => Properties.Holds(Commands.ListOf(), commands =>
    {
        var (state, _) = Run(commands);
        state.Messages.Select(m => m.Number).ShouldBe(Enumerable.Range(1, state.Messages.Count));
    });

    [Fact]
    public void Messages_ResentInAnyOrder_AreNeverDoubled() => Properties.Holds(
        from commands in Commands.ListOf()
        from resent in Gen.Shuffle(commands.Concat(commands).ToArray())
        select resent,
        resent =>
        {
            var ids = Run(resent).State.Messages.Where(m => m.ClientId is not null).Select(m => m.ClientId).ToList();
            ids.ShouldBe(ids.Distinct());
        });

    [Fact]
    public void Bot_AnyCommands_SaysNothingTwice() => Properties.Holds(Commands.ListOf(), commands =>
    {
        var said = Run(commands).Events.OfType<BotAnswered>().Select(b => (b.Source.Kind, b.Source.Id, b.Source.Version, b.Text)).ToList();
        said.ShouldBe(said.Distinct());
    });

    [Fact]
    public void Bot_HandedOff_IsSilentUntilGivenBack() => Properties.Holds(Commands.ListOf(), commands =>
    {
        var human = false;
        foreach (var e in Run(commands).Events)
        {
            (human && (e is BotAnswered or BotClarified or HandedOff)).ShouldBeFalse();
            human = e switch { HandedOff => true, GivenBack => false, _ => human };
        }
    });

    [Fact]
    public void Questions_InBotMode_AreAnsweredExactlyOnce() => Properties.Holds(Commands.ListOf(), commands =>
    {
        var events = Run(commands).Events;
        var replies = events.OfType<BotAnswered>().Select(b => b.Replies)
            .Concat(events.OfType<BotClarified>().Select(b => b.Replies))
            .Concat(events.OfType<HandedOff>().Select(h => h.Replies))
            .Where(n => n > 0)
            .ToList();
        replies.ShouldBe(replies.Distinct());
    });

    [Fact]
    public void Replay_OfAllEvents_IsTheState() => Properties.Holds(Commands.ListOf(), commands =>
    {
        var (state, events) = Run(commands);
        var replayed = Properties
            .Replay<ConversationDecider, ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>(events);
        Facts.Of(replayed).ShouldBe(Facts.Of(state));
    });

    private static (ConversationState State, List<ConversationEvent> Events) Run(IEnumerable<ConversationCommand> commands) => Properties
        .Run<ConversationDecider, ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>(commands.Prepend(OpenByAda));
}
