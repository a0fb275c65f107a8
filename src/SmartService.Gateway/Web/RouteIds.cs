using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Web;

/// <summary>Ids in addresses that become keys of entities must look like ids; anything else cannot exist and wakes nothing up.</summary>
internal static class RouteIds
{
    private static readonly string[] Names = ["conversation", "order", "customer", "popup"];

    public static Task Check(HttpContext context, RequestDelegate next)
    {
        foreach (var name in Names)
        {
            if (context.Request.RouteValues.TryGetValue(name, out var value) && value is string id && !Identifiers.IsMerchantId(id))
            {
                return Problems.NotFound().ExecuteAsync(context);
            }
        }

        return next(context);
    }
}
