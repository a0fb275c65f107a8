using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace SmartService.Gateway.Limits;

internal enum BodySize
{
    /// <summary>Calls of a shopper.</summary>
    Shopper,

    /// <summary>Calls of keys.</summary>
    Normal,

    /// <summary>Imports and bulk calls.</summary>
    File,
}

/// <summary>How large a route's body may be; metadata of the route.</summary>
internal sealed record BodyLimit(BodySize Size);

internal static class BodyLimits
{
    /// <summary>Sets the server's limit before anything reads the body.</summary>
    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        var feature = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (feature is { IsReadOnly: false } && context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() is { } limit)
        {
            var options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
            feature.MaxRequestBodySize = limit.Size switch
            {
                BodySize.Shopper => options.ShopperBodyBytes,
                BodySize.File => options.FileBytes,
                _ => options.BodyBytes,
            };
        }

        return next(context);
    }
}
