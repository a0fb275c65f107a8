using Shouldly;
using SmartService.Domain.Tenants;
using Xunit;
using static SmartService.Domain.Tenants.TenantCommand;
using static SmartService.Domain.Tests.Known;
using Given = SmartService.Domain.Tests.Given<
    SmartService.Domain.Tenants.TenantDecider, SmartService.Domain.Tenants.TenantState, SmartService.Domain.Tenants.TenantCommand,
    SmartService.Domain.Tenants.TenantEvent, SmartService.Domain.Tenants.TenantRefusal>;

namespace SmartService.Domain.Tests.Tenants;

public sealed class TenantTests
{
    private static readonly TenantProfile Profile = new("North Trail", "en", "EUR", "Europe/Berlin");
    private static readonly Campaign Spring = new("Spring sale", new(2026, 5, 1), new(2026, 5, 3));
    private static readonly Create New = new(Profile, ["https://shop.example"], Noon);

    [Fact]
    public void Create_Twice_ChangesNothing() => Given.Events().ThenTwiceIsOnce(New);

    [Fact]
    public void Create_AnotherProfile_IsRefused() => GivenTenant()
        .When(New with { Profile = Profile with { Name = "South Trail" } })
        .ThenRefused(TenantRefusal.AlreadyExists);

    [Fact]
    public void Create_BadProfile_IsRefused() => Given.Events()
        .When(New with { Profile = Profile with { Locale = "fr" } })
        .ThenRefused(TenantRefusal.OutOfRange);

    [Fact]
    public void Create_BadOrigin_IsRefused() => Given.Events()
        .When(New with { Origins = ["shop.example"] })
        .ThenRefused(TenantRefusal.BadOrigin);

    [Fact]
    public void AnyCommand_BeforeCreate_IsRefused()
    {
        TenantCommand[] commands =
        [
            new ChangeProfile(Profile, Noon), new ChangeOrigins([], Noon), new ChangePolicy(TenantPolicy.Default, Noon),
            new AddKey(Key(1), Noon), new RevokeKey("k1", Noon), new AddSigningKey(Signing(1), Noon), new RevokeSigningKey("s1", Noon),
        ];
        foreach (var command in commands)
        {
            Given.Events().When(command).ThenRefused(TenantRefusal.NotFound);
        }
    }

    [Fact]
    public void ChangeProfile_Twice_ChangesNothing() =>
        GivenTenant().ThenTwiceIsOnce(new ChangeProfile(Profile with { Name = "South Trail" }, Noon));

    [Fact]
    public void ChangeProfile_Bad_IsRefused() => GivenTenant()
        .When(new ChangeProfile(Profile with { Currency = "eur" }, Noon))
        .ThenRefused(TenantRefusal.OutOfRange);

    [Fact]
    public void ChangeCampaigns_Twice_ChangesNothing() => GivenTenant().ThenTwiceIsOnce(new ChangeCampaigns([Spring], Noon));

    [Fact]
    public void ChangeCampaigns_LongerThanSixtyDays_IsRefused() => GivenTenant()
        .When(new ChangeCampaigns([Spring with { To = Spring.From.AddDays(60) }], Noon))
        .ThenRefused(TenantRefusal.OutOfRange);

    [Theory]
    [InlineData("2026-04-30", false, 7, 1)]
    [InlineData("2026-05-01", true, 0, 7)]
    [InlineData("2026-05-03", true, 2, 7)]
    [InlineData("2026-05-04", false, 3, 7)]
    [InlineData("2026-11-11", false, 7, 7)] // A day of retail's, but not of this shop.
    public void Campaigns_OfTheShop_TakeThePlaceOfRetails(string day, bool isOn, int since, int until) =>
        CampaignCalendar.At([Spring], DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(new(isOn, since, until));

    [Fact]
    public void Campaigns_None_AreRetails() => CampaignCalendar.At([], new(2026, 11, 11)).IsOn.ShouldBeTrue();

    [Fact]
    public void ChangeOrigins_Twice_ChangesNothing() => GivenTenant().ThenTwiceIsOnce(new ChangeOrigins(["http://localhost:8080"], Noon));

    [Fact]
    public void ChangeOrigins_51_IsRefused() => GivenTenant()
        .When(new ChangeOrigins([.. Enumerable.Range(0, 51).Select(i => $"https://s{i}.example")], Noon))
        .ThenRefused(TenantRefusal.BadOrigin);

    [Fact]
    public void ChangePolicy_Twice_ChangesNothing() => GivenTenant().ThenTwiceIsOnce(
        new ChangePolicy(TenantPolicy.Default with { ForbiddenWords = ["guarantee"] }, Noon));

    [Fact]
    public void ChangePolicy_SameWordsInAnotherArray_ChangesNothing() => GivenTenant()
        .When(new ChangePolicy(TenantPolicy.Default with { ForbiddenWords = ["guarantee"] }, Noon))
        .When(new ChangePolicy(TenantPolicy.Default with { ForbiddenWords = ["guarantee"] }, Noon))
        .ThenNothing();

    [Fact]
    public void ChangePolicy_OutOfRange_IsRefused() => GivenTenant()
        .When(new ChangePolicy(TenantPolicy.Default with { MessagesPerMinute = 0 }, Noon))
        .ThenRefused(TenantRefusal.OutOfRange);

    [Fact]
    public void AddKey_Twice_ChangesNothing() => GivenTenant().ThenTwiceIsOnce(new AddKey(Key(1), Noon));

    [Fact]
    public void AddKey_KnownIdWithAnotherHash_IsRefused() => GivenTenant()
        .When(new AddKey(Key(1), Noon))
        .When(new AddKey(Key(1) with { Hash = new string('b', 64) }, Noon))
        .ThenRefused(TenantRefusal.AlreadyExists);

    [Fact]
    public void AddKey_PlainKeyInsteadOfAHash_IsRefused() => GivenTenant()
        .When(new AddKey(Key(1) with { Hash = "sk_live_123" }, Noon))
        .ThenRefused(TenantRefusal.OutOfRange);

    [Fact]
    public void AddKey_51stLive_IsRefusedUntilOneIsRevoked()
    {
        var tenant = GivenTenant();
        for (var i = 0; i < 50; i++)
        {
            tenant.When(new AddKey(Key(i), Noon));
        }

        tenant.When(new AddKey(Key(99), Noon)).ThenRefused(TenantRefusal.TooManyKeys);
        tenant.When(new RevokeKey("k0", Noon)).ThenTwiceIsOnce(new AddKey(Key(99), Noon));
    }

    [Fact]
    public void RevokeKey_Twice_ChangesNothing() => GivenTenant()
        .When(new AddKey(Key(1), Noon))
        .ThenTwiceIsOnce(new RevokeKey("k1", Noon))
        .ThenState(s => s.Keys.ShouldHaveSingleItem().RevokedAt.ShouldBe(Noon));

    [Fact]
    public void RevokeKey_Unknown_IsRefused() => GivenTenant().When(new RevokeKey("k1", Noon)).ThenRefused(TenantRefusal.KeyNotFound);

    [Fact]
    public void RevokeKey_ManyOverTheYears_KeepsAHundred()
    {
        var tenant = GivenTenant();
        for (var i = 0; i < 300; i++)
        {
            tenant.When(new AddKey(Key(i), Noon)).When(new RevokeKey($"k{i}", Noon));
        }

        tenant.State.Keys.Length.ShouldBe(100);
        tenant.State.Keys[^1].Id.ShouldBe("k299");
    }

    [Fact]
    public void AddSigningKey_Twice_ChangesNothing() => GivenTenant().ThenTwiceIsOnce(new AddSigningKey(Signing(1), Noon));

    [Fact]
    public void AddSigningKey_ThirdLive_IsRefusedUntilOneIsRevoked() => GivenTenant()
        .When(new AddSigningKey(Signing(1), Noon))
        .When(new AddSigningKey(Signing(2), Noon))
        .When(new AddSigningKey(Signing(3), Noon)).ThenRefused(TenantRefusal.TooManySigningKeys)
        .When(new RevokeSigningKey("s1", Noon))
        .ThenTwiceIsOnce(new AddSigningKey(Signing(3), Noon));

    [Theory]
    [InlineData("none")]
    [InlineData("RS256")]
    [InlineData("hs256")]
    public void AddSigningKey_OtherAlgorithm_IsRefused(string algorithm) => GivenTenant()
        .When(new AddSigningKey(Signing(1) with { Algorithm = algorithm }, Noon))
        .ThenRefused(TenantRefusal.OutOfRange);

    [Fact]
    public void RevokeSigningKey_Twice_ChangesNothing() => GivenTenant()
        .When(new AddSigningKey(Signing(1), Noon))
        .ThenTwiceIsOnce(new RevokeSigningKey("s1", Noon));

    [Fact]
    public void RevokeSigningKey_Unknown_IsRefused() => GivenTenant()
        .When(new RevokeSigningKey("s1", Noon))
        .ThenRefused(TenantRefusal.KeyNotFound);

    [Fact]
    public void Replay_EventBeforeCreate_IsCorrupt() => Should.Throw<CorruptHistoryException>(
        () => Given.Events(new TenantEvent.KeyRevoked("k1", Noon)));

    private static Given GivenTenant() => Given.Events().When(New);

    private static ApiKey Key(int n) => new($"k{n}", KeyScope.Secret, new string('a', 64), "sk_a", "server", Noon);

    private static SigningKey Signing(int n) => new($"s{n}", "EdDSA", $"material-{n}", Noon);
}
