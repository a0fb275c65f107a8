using Shouldly;
using SmartService.Domain.Peak;
using Xunit;
using static SmartService.Domain.Peak.PeakSwitchCommand;
using static SmartService.Domain.Peak.PeakSwitchEvent;
using static SmartService.Domain.Tests.Known;
using Given = SmartService.Domain.Tests.Given<
    SmartService.Domain.Peak.PeakSwitchDecider, SmartService.Domain.Peak.PeakSwitchState,
    SmartService.Domain.Peak.PeakSwitchCommand, SmartService.Domain.Peak.PeakSwitchEvent, SmartService.Domain.Peak.PeakSwitchRefusal>;

namespace SmartService.Domain.Tests.Peak;

public sealed class PeakSwitchTests
{
    private static readonly TenantId Shop = new("shop"), Other = new("other");

    [Fact]
    public void Hold_Twice_IsOnce() => Given.Events().ThenTwiceIsOnce(new Hold(PeakRung.QnaOnly, Later(0)));

    [Fact]
    public void Hold_ARungThatIsNone_IsRefused() => Given.Events().When(new Hold((PeakRung)9, Later(0))).ThenRefused(PeakSwitchRefusal.OutOfRange);

    [Fact]
    public void LetGo_WithNothingHeld_ChangesNothing() => Given.Events().When(new LetGo(Later(0))).ThenNothing();

    [Fact]
    public void LetGo_LetsTheLadderMove() => Given.Events(new RungHeld(PeakRung.Queue, Later(0))).When(new LetGo(Later(1)))
        .Then(new RungLetGo(Later(1))).ThenState(s => s.Held.ShouldBeNull());

    [Fact]
    public void Rehearse_Twice_IsOnce() => Given.Events().ThenTwiceIsOnce(For(Shop, 60));

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(-5, 1.0)]
    [InlineData(3_601, 1.0)]
    [InlineData(60, 0.01)]
    [InlineData(60, 1_001.0)]
    [InlineData(60, double.NaN)]
    public void Rehearse_OutOfRange_IsRefused(int seconds, double perSecond) => Given.Events()
        .When(new Rehearse(Shop, new(PeakRung.Queue, perSecond, Later(0).AddSeconds(seconds)), Later(0))).ThenRefused(PeakSwitchRefusal.OutOfRange);

    [Fact]
    public void OwnRehearsal_GoesBeforeTheOneOfAll_WhileItLasts()
    {
        var state = Given.Events().When(For(null, 60, PeakRung.QnaOnly)).When(For(Shop, 30)).State;
        state.RehearsalOf(Shop, Later(0).AddSeconds(29))!.Rung.ShouldBe(PeakRung.Queue);
        state.RehearsalOf(Other, Later(0).AddSeconds(29))!.Rung.ShouldBe(PeakRung.QnaOnly);
        state.RehearsalOf(Shop, Later(0).AddSeconds(31))!.Rung.ShouldBe(PeakRung.QnaOnly);
        state.RehearsalOf(Shop, Later(0).AddSeconds(61)).ShouldBeNull();
    }

    [Fact]
    public void End_OfOne_LeavesTheOthers() => Given.Events().When(For(Shop, 60)).When(For(Other, 60)).When(new EndRehearsal(Shop, Later(1)))
        .ThenState(s => s.Stores.Keys.ShouldBe([Other.Value]));

    [Fact]
    public void End_OfAll_EndsEveryone() => Given.Events().When(For(Shop, 60)).When(For(null, 60)).When(new EndRehearsal(null, Later(1)))
        .ThenState(s => s.Stores.ShouldBeEmpty()).ThenState(s => s.Everywhere.ShouldBeNull());

    [Fact]
    public void End_WithNothingRehearsed_ChangesNothing() => Given.Events().When(new EndRehearsal(null, Later(0))).ThenNothing();

    [Fact]
    public void Rehearsals_AreBounded_AndMakeRoomWhenTheyAreOver()
    {
        var given = Given.Events();
        for (var i = 0; i < PeakSwitchState.MaxStores; i++)
        {
            given.When(For(new($"shop-{i}"), 60));
        }

        given.When(For(Shop, 60)).ThenRefused(PeakSwitchRefusal.TooManyRehearsals);
        given.When(For(new("shop-0"), 90)).ThenState(s => s.Stores.Count.ShouldBe(PeakSwitchState.MaxStores));
        var later = Later(0).AddSeconds(100);
        given.When(new Rehearse(Shop, new(PeakRung.Queue, 1, later.AddSeconds(60)), later)).ThenState(s => s.Stores.Keys.ShouldBe([Shop.Value]));
    }

    [Fact]
    public void Version_CountsEveryChange() => Given.Events().When(For(Shop, 60)).When(new Hold(PeakRung.Queue, Later(1))).When(new LetGo(Later(2)))
        .ThenState(s => s.Version.ShouldBe(3));

    private static Rehearse For(TenantId? tenant, int seconds, PeakRung rung = PeakRung.Queue) =>
        new(tenant, new(rung, 1, Later(0).AddSeconds(seconds)), Later(0));
}
