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

internal sealed class BodyLimits(IOptions<GatewayOptions> settings)
{
    private readonly GatewayOptions _options = settings.Value;

    /// <summary>Sets the server's limit before anything reads the body.</summary>
    public Task Apply(HttpContext context, RequestDelegate next)
    {
        var feature = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (feature is { IsReadOnly: false } && context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() is { } limit)
        {
            feature.MaxRequestBodySize = limit.Size switch
            {
                BodySize.Shopper => _options.ShopperBodyBytes,
                BodySize.File => _options.FileBytes,
                _ => _options.BodyBytes,
            };
        }

        return next(context);
    }
}
