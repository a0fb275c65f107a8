using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Limits;
using SmartService.Gateway.Merchants;
using SmartService.Gateway.Operations;
using SmartService.Gateway.Peak;
using SmartService.Gateway.Push;
using SmartService.Gateway.Shoppers;
using SmartService.Gateway.Staff;
using SmartService.Gateway.Web;

namespace SmartService.Gateway;

public static class GatewayPipeline
{
    /// <summary>Adds the middleware, in the order a request passes it, and all routes.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.Services;
        var rates = services.GetRequiredService<RateLimitMiddleware>();
        var directory = services.GetRequiredService<TenantDirectory>();
        app.UseForwardedHeaders();
        app.Use(Framing.Refuse);
        app.Use(HeadRequests.AsGet);
        app.UseMiddleware<FaultMiddleware>();
        app.Use(SecurityHeaders.Apply);
        app.Use(Origins.Preflight);
        app.Use(rates.ForAddress);
        app.UseRouting();
        app.Use(HeadRequests.RefuseStreams);
        app.Use(services.GetRequiredService<BodyLimits>().Apply);
        app.Use(RouteIds.Check);
        app.UseMiddleware<CallerMiddleware>();
        app.Use(rates.ForCaller);
        app.Use((context, next) => Origins.Enforce(context, next, directory));
        app.Use(OwnPages.Require);
        app.Use(AccessMiddleware.Check);
        app.UseMiddleware<AdmissionMiddleware>();

        app.MapShoppers();
        app.MapStreams();
        app.MapMerchants();
        app.MapStaff();
        app.MapBackoffice();
        app.MapPeak();
        app.MapHealth();
        app.MapMetrics();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapWeb();
        return app;
    }

    /// <summary>The admin key made by this start, to be shown once; null when it was made before.</summary>
    /// <returns>The file that keeps it, and its text when it is new.</returns>
    /// <exception cref="SecretFileException">The data folder cannot be written or read.</exception>
    public static (string File, string? Fresh) PrepareKeys(this IServiceProvider services)
    {
        services.GetRequiredService<InstallationKey>();
        var admin = services.GetRequiredService<AdminKey>();
        return (admin.File, admin.Fresh);
    }
}
