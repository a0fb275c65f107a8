using SmartService.Domain;
using SmartService.Gateway.Access;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Access;

/// <summary>Remembering a checked token must not make it mean more, or last longer, than the token itself.</summary>
public sealed class KnownShoppersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("known-shoppers-").FullName;
    private readonly SettableClock _clock = new();
    private readonly ShopperTokens _tokens;
    private readonly KnownShoppers _known;

    public KnownShoppersTests()
    {
        _tokens = new(InstallationKey.LoadOrCreate(Path.Combine(_folder, "installation.key")), _clock);
        _known = new(_tokens, _clock);
    }

    [Fact]
    public void Token_AskedTwice_IsTheSameCaller()
    {
        var (token, expiresAt) = _tokens.Issue(new("shop"), new CustomerId("ada"), identified: true);
        var caller = _known.Find(token).ShouldNotBeNull();
        (caller.Tenant.Value, caller.Customer.Value, caller.IsIdentified, caller.ExpiresAt).ShouldBe(("shop", "ada", true, expiresAt));
        _known.Find(token).ShouldBeSameAs(caller);
    }

    [Fact]
    public void Token_KnownAndThenExpired_IsRefused()
    {
        var token = _tokens.Issue(new("shop"), new CustomerId("ada"), identified: false).Token;
        _known.Find(token).ShouldNotBeNull();
        _clock.Advance(ShopperTokens.AnonymousLife + TimeSpan.FromSeconds(1));
        _known.Find(token).ShouldBeNull();
    }

    [Fact]
    public void Token_AlteredAfterItWasKnown_IsRefused()
    {
        var token = _tokens.Issue(new("shop"), new CustomerId("ada"), identified: false).Token;
        _known.Find(token).ShouldNotBeNull();
        _known.Find(token[..^1] + (token[^1] == 'A' ? 'B' : 'A')).ShouldBeNull();
        _known.Find(token + " ").ShouldBeNull();
        _known.Find(token.AsSpan(..^1)).ShouldBeNull();
    }

    [Fact]
    public void Tokens_MoreThanAreKept_AreAllRecognised()
    {
        foreach (var round in Enumerable.Range(0, 2))
        {
            for (var i = 0; i < KnownShoppers.Most + 1_000; i++)
            {
                var token = _tokens.Issue(new("shop"), new CustomerId($"c{i}"), identified: false).Token;
                _known.Find(token).ShouldNotBeNull().Customer.Value.ShouldBe($"c{i}");
            }

            _known.Count.ShouldBeLessThanOrEqualTo(KnownShoppers.Most);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
