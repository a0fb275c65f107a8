using Shouldly;
using SmartService.Domain.Conversations;
using SmartService.Domain.Tenants;
using Xunit;
using static SmartService.Domain.Tenants.TenantCommand;
using static SmartService.Domain.Tests.Known;
using Given = SmartService.Domain.Tests.Given<
    SmartService.Domain.Tenants.TenantDecider, SmartService.Domain.Tenants.TenantState, SmartService.Domain.Tenants.TenantCommand,
    SmartService.Domain.Tenants.TenantEvent, SmartService.Domain.Tenants.TenantRefusal>;

namespace SmartService.Domain.Tests.Tenants;

public sealed class ConsoleTests
{
    private static readonly CannedAnswer Hello = new("c-1", "hi", "Hello!", "en", "Mia", Noon);
    private static readonly Webhook Hook = new("w-1", "https://hooks.example/in", ["conversation.opened"], true, "encrypted", Noon);

    [Fact]
    public void Policy_WithHoursAndRules_Twice_ChangesNothing() => GivenTenant().ThenTwiceIsOnce(new ChangePolicy(Full(), Noon));

    [Fact]
    public void Policy_SameOfOtherArrays_ChangesNothing() => GivenTenant().When(new ChangePolicy(Full(), Noon)).When(new ChangePolicy(Full(), Noon)).ThenNothing();

    [Fact]
    public void Policy_AnotherHoliday_IsAChange() => GivenTenant()
        .When(new ChangePolicy(Full(), Noon))
        .When(new ChangePolicy(Full() with { Hours = Full().Hours! with { Holidays = [] } }, Noon))
        .ThenState(s => s.Policy.Hours!.Holidays.ShouldBeEmpty());

    [Fact]
    public void Canned_Twice_IsOnce() => GivenTenant().ThenTwiceIsOnce(new SaveCanned(Hello, Noon));

    [Fact]
    public void Canned_ShortcutOfAnotherInTheLanguage_IsRefused()
    {
        GivenTenant().When(new SaveCanned(Hello, Noon)).When(new SaveCanned(Hello with { Id = "c-2", Shortcut = "HI" }, Noon)).ThenRefused(TenantRefusal.ShortcutTaken);
        GivenTenant().When(new SaveCanned(Hello, Noon)).When(new SaveCanned(Hello with { Id = "c-2", Locale = "ko" }, Noon)).ThenState(s => s.Canned.Length.ShouldBe(2));
    }

    [Fact]
    public void Canned_BadOrUnknownOrTooMany_IsRefused()
    {
        GivenTenant().When(new SaveCanned(Hello with { Shortcut = "two words" }, Noon)).ThenRefused(TenantRefusal.OutOfRange);
        GivenTenant().When(new RemoveCanned("none", Noon)).ThenRefused(TenantRefusal.CannedNotFound);
        var given = GivenTenant();
        for (var i = 0; i < 300; i++)
        {
            given = given.When(new SaveCanned(Hello with { Id = $"c-{i}", Shortcut = $"s{i}" }, Noon));
        }

        given.When(new SaveCanned(Hello with { Id = "more", Shortcut = "more" }, Noon)).ThenRefused(TenantRefusal.TooManyCanned);
    }

    [Fact]
    public void Webhook_Twice_IsOnce_AndUnknownOrTooMany_IsRefused()
    {
        GivenTenant().ThenTwiceIsOnce(new SaveWebhook(Hook, Noon));
        GivenTenant().When(new RemoveWebhook("none", Noon)).ThenRefused(TenantRefusal.WebhookNotFound);
        var given = GivenTenant();
        for (var i = 0; i < 20; i++)
        {
            given = given.When(new SaveWebhook(Hook with { Id = $"w-{i}" }, Noon));
        }

        given.When(new SaveWebhook(Hook with { Id = "more" }, Noon)).ThenRefused(TenantRefusal.TooManyWebhooks);
    }

    private static Given GivenTenant() =>
        Given.Events().When(new Create(new("North Trail", "en", "EUR", "Europe/Berlin"), [], Noon));

    private static TenantPolicy Full() => TenantPolicy.Default with
    {
        Hours = new(true, "Asia/Seoul", [new(DayOfWeek.Monday, new(9, 0), new(18, 0))], [new(new(2026, 12, 25), "Christmas")]),
        Languages = ["ko", "en"],
        DiscountLimit = 20,
        HandOff = new HandOffRules([new("payment.double_charge")], 2),
        RetentionDays = 90,
    };
}
