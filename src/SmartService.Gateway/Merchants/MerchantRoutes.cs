using SmartService.Gateway.Access;
using SmartService.Gateway.Limits;

namespace SmartService.Gateway.Merchants;

/// <summary>What a shop's servers call, and the administrator.</summary>
internal static class MerchantRoutes
{
    public static void MapMerchants(this IEndpointRouteBuilder routes)
    {
        var tenants = routes.MapGroup("/v1/tenants").RequireAuthorization(Policies.Admin).WithMetadata(new BodyLimit(BodySize.Normal)).WithTags("Administration");
        tenants.MapPost("", TenantsEndpoints.CreateAsync).WithSummary("Creates a store and its first keys");
        tenants.MapGet("", TenantsEndpoints.ListAsync).WithSummary("All stores");

        var secret = routes.MapGroup("/v1").RequireAuthorization(Policies.Secret).WithMetadata(new BodyLimit(BodySize.Normal));
        MapTenant(secret.MapGroup("/tenant").WithTags("Store"));
        MapOrders(secret.MapGroup("/orders").WithTags("Orders"));
        secret.MapPost("/visits/bulk", VisitBulk.ImportAsync).WithMetadata(new BodyLimit(BodySize.File), new FileBody("application/x-ndjson"))
            .WithTags("Visits").WithSummary("Visits as JSON lines");
        secret.MapPut("/customers/{customer}", CustomerEndpoints.DescribeAsync).WithTags("Customers").WithSummary("What the shop knows of a person");
        secret.MapDelete("/customers/{customer}", ErasureEndpoints.EraseAsync).WithTags("Customers").WithSummary("Forgets a person");
    }

    private static void MapTenant(IEndpointRouteBuilder tenant)
    {
        tenant.MapGet("", TenantEndpoints.ReadProfileAsync).WithSummary("The store's profile");
        tenant.MapPut("", TenantEndpoints.ChangeProfileAsync).WithSummary("Changes the profile");
        tenant.MapGet("/origins", TenantEndpoints.ReadOriginsAsync).WithSummary("Web origins that may call");
        tenant.MapPut("/origins", TenantEndpoints.ChangeOriginsAsync).WithSummary("Changes the origins");
        tenant.MapGet("/campaigns", CampaignEndpoints.ReadAsync).WithSummary("The store's sales, by day");
        tenant.MapPut("/campaigns", CampaignEndpoints.ChangeAsync).WithSummary("Replaces the store's sales");
        tenant.MapGet("/policy", PolicyEndpoints.ReadAsync).WithSummary("What the bot may say and do");
        tenant.MapPut("/policy", PolicyEndpoints.ChangeAsync).WithSummary("Changes the policy; missing fields stay");
        tenant.MapGet("/keys", KeyEndpoints.ListAsync).WithSummary("API keys");
        tenant.MapPost("/keys", KeyEndpoints.AddAsync).WithSummary("Makes an API key, shown once");
        tenant.MapDelete("/keys/{key}", KeyEndpoints.RevokeAsync).WithSummary("Revokes an API key at once");
        tenant.MapGet("/signing-keys", SigningKeyEndpoints.ListAsync).WithSummary("Keys the shop signs JWTs with");
        tenant.MapPost("/signing-keys", SigningKeyEndpoints.AddAsync).WithSummary("Adds a signing key");
        tenant.MapDelete("/signing-keys/{key}", SigningKeyEndpoints.RevokeAsync).WithSummary("Revokes a signing key at once");
    }

    private static void MapOrders(IEndpointRouteBuilder orders)
    {
        orders.MapPut("/{order}", OrderEndpoints.PlaceAsync).WithSummary("Places an order, or corrects one");
        orders.MapGet("/{order}", OrderEndpoints.ReadAsync).WithSummary("An order with its parcel");
        orders.MapPost("/{order}/payment", OrderEndpoints.PayAsync).WithSummary("Payment as the shop sees it");
        orders.MapPost("/{order}/shipment", OrderEndpoints.ShipAsync).WithSummary("The parcel is on its way");
        orders.MapPost("/{order}/checkpoints", OrderEndpoints.NoteCheckpointsAsync).WithSummary("Scans by the carrier, in any order");
        orders.MapPost("/{order}/refund", OrderEndpoints.RefundAsync).WithSummary("A refund was asked for");
        orders.MapPost("/{order}/refund-paid", OrderEndpoints.NoteRefundPaidAsync).WithSummary("The refund was paid");
        orders.MapPost("/{order}/missing", OrderEndpoints.ReportMissingAsync).WithSummary("Delivered, says the carrier; not received, says the customer");
        orders.MapPost("/{order}/cancel", OrderEndpoints.CancelAsync).WithSummary("Cancels the order");
        orders.MapPost("/bulk", OrderBulk.ImportAsync).WithMetadata(new BodyLimit(BodySize.File), new FileBody("application/x-ndjson"))
            .WithSummary("Orders as JSON lines, all or nothing");
    }
}

/// <summary>The body is a file, not JSON; for the OpenAPI document.</summary>
internal sealed record FileBody(params string[] Types);
