using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Feeds;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Limits;

namespace SmartService.Gateway.Shoppers;

/// <summary>Opens a shopper's session: anonymous, renewed, or identified by the merchant's JWT.</summary>
internal static class SessionEndpoints
{
    public static async Task<Results<Ok<SessionAnswer>, Problem>> OpenAsync(
        HttpContext context, Caller caller, Body<SessionRequest> body, SessionServices services, RateLimits limits, CancellationToken ct)
    {
        if (limits.ForSession(context) is { } limited)
        {
            return limited;
        }

        var request = body.Value;
        var checks = new Checks();
        checks.OptionalText("locale", request.Locale, 35);
        checks.Must(request.Session is null || Identifiers.IsClientId(request.Session), "session", "8 to 64 characters of A-Za-z0-9_-");
        checks.ThrowIfAny();

        var tenant = await services.Tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct);
        var known = request.Token is { } token && services.Tokens.Read(token) is { } pass && pass.Tenant == caller.Tenant ? pass : null;
        return request.Jwt is { } jwt
            ? await IdentifyAsync(caller.Tenant, tenant, jwt, known, request.Locale, services, ct)
            : await ContinueAsync(caller.Tenant, tenant, known, request.Locale, services, ct);
    }

    private static async ValueTask<Results<Ok<SessionAnswer>, Problem>> IdentifyAsync(
        TenantId id, TenantState tenant, string jwt, ShopperPass? known, string? locale, SessionServices services, CancellationToken ct)
    {
        var (person, reason) = await services.MerchantTokens.CheckAsync(id, tenant, jwt);
        if (person is null)
        {
            return new Problem(401, "unauthorized", "The JWT is not accepted", reason);
        }

        var chosen = Locales.Choose(person.Locale ?? locale, tenant.Profile!.Locale);
        var describe = new CustomerCommand.Describe(person.Name, person.Tier, chosen, Identified: true, services.Clock.GetUtcNow());
        var reply = await services.Customers.HandleAsync(Entity.Customer(id, person.Customer), describe, ct);
        if (reply.Refusal is { } refusal)
        {
            return Refusals.ToProblem(refusal);
        }

        if (known is { IsIdentified: false })
        {
            await TakeOverAsync(id, known.Customer, person.Customer, services, ct);
        }

        return Answer(id, tenant, person.Customer, identified: true, chosen, services);
    }

    private static async ValueTask<Results<Ok<SessionAnswer>, Problem>> ContinueAsync(
        TenantId id, TenantState tenant, ShopperPass? known, string? locale, SessionServices services, CancellationToken ct)
    {
        var chosen = Locales.Choose(locale, tenant.Profile!.Locale);
        var state = known is null ? null : await services.Customers.ReadAsync(Entity.Customer(id, known.Customer), ct);
        if (known is null || state is null || state.IsErased)
        {
            return Answer(id, tenant, AnonymousCustomers.Make(), identified: false, chosen, services);
        }

        // Written only for someone who has been seen: opening a page alone leaves no trace in the journal.
        if (locale is not null && state.FirstSeen is not null && state.Locale != chosen)
        {
            await services.Customers.HandleAsync(
                Entity.Customer(id, known.Customer), new CustomerCommand.Describe(null, null, chosen, false, services.Clock.GetUtcNow()), ct);
        }

        return Answer(id, tenant, known.Customer, known.IsIdentified, chosen, services);
    }

    /// <summary>Holding the anonymous token proves that it was this browser; an identified person's past is never moved.</summary>
    private static async ValueTask TakeOverAsync(TenantId tenant, CustomerId anonymous, CustomerId person, SessionServices services, CancellationToken ct)
    {
        var past = await services.Customers.ReadAsync(Entity.Customer(tenant, anonymous), ct);
        if (past.IsErased || (past.Visits.IsEmpty && past.Popups.IsEmpty))
        {
            return;
        }

        await services.Customers.HandleAsync(
            Entity.Customer(tenant, person), new CustomerCommand.Adopt(anonymous, past.Visits, past.Popups, services.Clock.GetUtcNow()), ct);
    }

    private static Ok<SessionAnswer> Answer(
        TenantId id, TenantState tenant, CustomerId customer, bool identified, string locale, SessionServices services)
    {
        var (token, expiresAt) = services.Tokens.Issue(id, customer, identified);
        var profile = tenant.Profile!;
        return TypedResults.Ok(new SessionAnswer(
            token, customer.Value, identified, expiresAt, locale, services.Feeds.Head, new(profile.Name, profile.Locale, profile.Currency)));
    }
}

internal sealed record SessionServices(
    ITenants Tenants, ICustomers Customers, ShopperTokens Tokens, MerchantTokens MerchantTokens, IFeeds Feeds, TimeProvider Clock);
