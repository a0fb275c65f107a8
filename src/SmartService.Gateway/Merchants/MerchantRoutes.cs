using SmartService.Backoffice.Access;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Limits;

namespace SmartService.Gateway.Merchants;

/// <summary>What a shop's servers call, and the administrator.</summary>
internal static class MerchantRoutes
{
    private const string Feed = "the shop's servers send it, and the journal keeps it";

    public static void MapMerchants(this IEndpointRouteBuilder routes)
    {
        var tenants = routes.MapGroup("/v1/tenants").RequireAuthorization(Policies.Admin).WithMetadata(new BodyLimit(BodySize.Normal)).WithTags("Administration");
        tenants.MapPost("", TenantsEndpoints.CreateAsync).WithSummary("Creates a store and its first keys");
        tenants.MapGet("", TenantsEndpoints.ListAsync).WithSummary("All stores");

        var secret = routes.MapGroup("/v1").RequireAuthorization(Policies.Secret).WithMetadata(new BodyLimit(BodySize.Normal));
        MapTenant(secret.MapGroup("/tenant").WithTags("Store"));
        MapOrders(secret.MapGroup("/orders").WithTags("Orders"));
        secret.MapPost("/visits/bulk", VisitBulk.ImportAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithMetadata(new BodyLimit(BodySize.File), new FileBody("application/x-ndjson"))
            .WithTags("Visits").WithSummary("Visits as JSON lines");
        secret.MapPut("/customers/{customer}", CustomerEndpoints.DescribeAsync).Needs(Permission.CustomersWrite).NotAudited(Feed).WithTags("Customers").WithSummary("What the shop knows of a person");
        secret.MapDelete("/customers/{customer}", ErasureEndpoints.EraseAsync).Needs(Permission.CustomersWrite).Audited("customer.erase", "customer").WithTags("Customers").WithSummary("Forgets a person");
    }

    private static void MapTenant(IEndpointRouteBuilder tenant)
    {
        tenant.MapGet("", TenantEndpoints.ReadProfileAsync).Needs(Permission.StoreRead).WithSummary("The store's profile");
        tenant.MapPut("", TenantEndpoints.ChangeProfileAsync).Needs(Permission.StoreWrite).Audited("store.profile").WithSummary("Changes the profile");
        tenant.MapGet("/origins", TenantEndpoints.ReadOriginsAsync).Needs(Permission.StoreRead).WithSummary("Web origins that may call");
        tenant.MapPut("/origins", TenantEndpoints.ChangeOriginsAsync).Needs(Permission.StoreWrite).Audited("store.origins").WithSummary("Changes the origins");
        tenant.MapGet("/campaigns", CampaignEndpoints.ReadAsync).Needs(Permission.StoreRead).WithSummary("The store's sales, by day");
        tenant.MapPut("/campaigns", CampaignEndpoints.ChangeAsync).Needs(Permission.StoreWrite).Audited("store.campaigns").WithSummary("Replaces the store's sales");
        tenant.MapGet("/policy", PolicyEndpoints.ReadAsync).Needs(Permission.StoreRead).WithSummary("What the bot may say and do");
        tenant.MapPut("/policy", PolicyEndpoints.ChangeAsync).Needs(Permission.StoreWrite).Audited("policy.change").WithSummary("Changes the policy; missing fields stay");
        tenant.MapGet("/hours", PolicyEndpoints.HoursAsync).Needs(Permission.StoreRead).WithSummary("Whether people answer now");
        tenant.MapPost("/policy/preview", PreviewEndpoints.PreviewAsync).Needs(Permission.StoreRead).NotAudited("changes nothing").WithSummary("What would have changed under another policy");
        tenant.MapGet("/keys", KeyEndpoints.ListAsync).Needs(Permission.KeysManage).WithSummary("API keys");
        tenant.MapPost("/keys", KeyEndpoints.AddAsync).Needs(Permission.KeysManage).Audited("key.add").WithSummary("Makes an API key, shown once");
        tenant.MapDelete("/keys/{key}", KeyEndpoints.RevokeAsync).Needs(Permission.KeysManage).Audited("key.revoke", "key").WithSummary("Revokes an API key at once");
        tenant.MapGet("/signing-keys", SigningKeyEndpoints.ListAsync).Needs(Permission.KeysManage).WithSummary("Keys the shop signs JWTs with");
        tenant.MapPost("/signing-keys", SigningKeyEndpoints.AddAsync).Needs(Permission.KeysManage).Audited("signing_key.add").WithSummary("Adds a signing key");
        tenant.MapDelete("/signing-keys/{key}", SigningKeyEndpoints.RevokeAsync).Needs(Permission.KeysManage).Audited("signing_key.revoke", "key").WithSummary("Revokes a signing key at once");
    }

    private static void MapOrders(IEndpointRouteBuilder orders)
    {
        orders.MapPut("/{order}", OrderEndpoints.PlaceAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithSummary("Places an order, or corrects one");
        orders.MapGet("/{order}", OrderEndpoints.ReadAsync).Needs(Permission.OrdersRead).WithSummary("An order with its parcel");
        orders.MapPost("/{order}/payment", OrderEndpoints.PayAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithSummary("Payment as the shop sees it");
        orders.MapPost("/{order}/shipment", OrderEndpoints.ShipAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithSummary("The parcel is on its way");
        orders.MapPost("/{order}/checkpoints", OrderEndpoints.NoteCheckpointsAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithSummary("Scans by the carrier, in any order");
        orders.MapPost("/{order}/refund", OrderEndpoints.RefundAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithSummary("A refund was asked for");
        orders.MapPost("/{order}/refund-paid", OrderEndpoints.NoteRefundPaidAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithSummary("The refund was paid");
        orders.MapPost("/{order}/missing", OrderEndpoints.ReportMissingAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithSummary("Delivered, says the carrier; not received, says the customer");
        orders.MapPost("/{order}/cancel", OrderEndpoints.CancelAsync).Needs(Permission.OrdersWrite).NotAudited(Feed).WithSummary("Cancels the order");
        orders.MapPost("/bulk", OrderBulk.ImportAsync).Needs(Permission.OrdersWrite).Audited("orders.import").WithMetadata(new BodyLimit(BodySize.File), new FileBody("application/x-ndjson"))
            .WithSummary("Orders as JSON lines, all or nothing");
    }
}

/// <summary>The body is a file, not JSON; for the OpenAPI document.</summary>
internal sealed record FileBody(params string[] Types);
