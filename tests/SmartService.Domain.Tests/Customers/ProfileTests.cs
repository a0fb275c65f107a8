using Shouldly;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using Xunit;
using static SmartService.Domain.Customers.CustomerCommand;
using static SmartService.Domain.Tests.Customers.Customer;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Customers;

public sealed class ProfileTests
{
    [Fact]
    public void Describe_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(new Describe("Ada", CustomerTier.Gold, "en", true, Noon));

    [Fact]
    public void Describe_NothingNew_ChangesNothing() => Given().When(new Describe(null, null, null, false, Noon)).ThenNothing();

    [Fact]
    public void Describe_OneField_LeavesTheOthers() => Given()
        .When(new Describe("Ada", CustomerTier.Gold, "en", true, Noon))
        .When(new Describe(null, null, "ko", false, Noon))
        .ThenState(s => (s.Name, s.Tier, s.Locale, s.Identified).ShouldBe(("Ada", CustomerTier.Gold, "ko", true)));

    [Fact]
    public void Erase_Twice_ChangesNothing() => GivenShown().ThenTwiceIsOnce(new Erase(Noon));

    [Fact]
    public void Erase_KnownPerson_ForgetsAll() => GivenShown()
        .When(new Describe("Ada", null, null, true, Noon))
        .When(Note("A-1"))
        .When(new Erase(Noon))
        .ThenState(s => Facts.Of(s).ShouldBe(Facts.Of(CustomerState.Unknown with { IsErased = true })));

    [Fact]
    public void Erase_NeverSeen_IsRemembered() => Given()
        .When(new Erase(Noon))
        .ThenState(s => s.IsErased.ShouldBeTrue());

    [Fact]
    public void AnyCommand_AfterErase_IsRefused()
    {
        CustomerCommand[] commands =
        [
            new Describe("Ada", null, null, true, Noon), Visits(Visit("v1", 1)), Note("A-1"), Offer("p1"), Report("p1", PopupOutcome.Seen),
            new NoteForecast(Ranked("order.delay"), null, null, "m", Noon), new ChooseSuggestion("o", Delay, 1, Noon),
            new NoteConversation(new("c1"), true, null, Noon), new Adopt(new("anon-1"), [], [], Noon),
        ];
        foreach (var command in commands)
        {
            GivenErased().When(command).ThenRefused(CustomerRefusal.Erased);
        }
    }

    [Fact]
    public void Replay_EventAfterErase_IsCorrupt() => Should.Throw<CorruptHistoryException>(
        () => Given(new CustomerEvent.Erased(Noon), new CustomerEvent.Visited(Visit("v1", 1), Noon)));

    [Fact]
    public void Adopt_Twice_ChangesNothing()
    {
        var anonymous = GivenShown().State;
        Given().ThenTwiceIsOnce(new Adopt(new("anon-1"), anonymous.Visits, anonymous.Popups, Noon));
    }

    [Fact]
    public void Adopt_AnonymousThatSawNothing_ChangesNothing() => Given().When(new Adopt(new("anon-1"), [], default, Noon)).ThenNothing();

    [Fact]
    public void Adopt_VisitsOfBoth_AreMergedByTime() => Given()
        .When(Visits(Visit("mine", 5)))
        .When(new Adopt(new("anon-1"), [Visit("first", 1), Visit("last", 9)], [], Noon))
        .ThenState(s => s.Visits.Select(v => v.Id).ShouldBe(["first", "mine", "last"]));

    [Fact]
    public void Adopt_DismissedPopup_ClosesItsTopicHereToo()
    {
        var anonymous = GivenShown().When(Report("p1", PopupOutcome.Dismissed)).State;
        GivenReader()
            .When(new Adopt(new("anon-1"), [], anonymous.Popups, Noon))
            .When(Offer("p2", second: 100_000))
            .ThenRefused(CustomerRefusal.TopicClosed);
    }

    [Fact]
    public void Adopt_65Visits_IsRefused() => Given()
        .When(new Adopt(new("anon-1"), [.. Enumerable.Range(0, 65).Select(i => Visit($"v{i}", i))], [], Noon))
        .ThenRefused(CustomerRefusal.TooManyVisits);
}
