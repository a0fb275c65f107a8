using Microsoft.Extensions.FileProviders;

namespace SmartService.Host.Demo;

/// <summary>Three demonstration stores, their pages under /demo and the small API behind the strip beside them.</summary>
internal static class DemoModule
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddDemo(this IServiceCollection services, string dataDirectory) => services
        .AddSingleton(new DemoOptions(dataDirectory))
        .AddSingleton(new DemoCatalog(DemoStore.LoadAll(Path.Combine(AppContext.BaseDirectory, "Demo", "Stores"))))
        .AddSingleton(_ => new DemoKeys(dataDirectory))
        .AddSingleton<DemoServer>()
        .AddSingleton<DemoPersonas>()
        .AddSingleton<DemoTraffic>()
        .AddSingleton<DemoInsight>()
        .AddHostedService<DemoSeeder>();

    public static void MapDemo(this WebApplication app)
    {
        var api = app.MapGroup("/demo/api").AllowAnonymous().ExcludeFromDescription();
        api.MapGet("/stores", (DemoCatalog catalog) => Results.Json(
            catalog.Stores.Select(s => new { Tenant = s.Tenant.Value, s.Name, Tagline = s.Text("tagline"), s.Locale, Hue = s.Store["hue"], Ready = catalog.IsOpen(s.Tenant) }),
            DemoJson.Options));
        var store = api.MapGroup("/{tenant}").AddEndpointFilter(OnlyOpenStores);
        store.MapGet("/store", StoreFile);
        store.MapPost("/personas", WalkInAsync);
        store.MapPost("/token", Renew);
        store.MapGet("/orders", OrdersAsync);
        store.MapPost("/orders", BuyAsync);
        store.MapGet("/insight", InsightAsync);
        store.MapPost("/traffic", Traffic);
        store.MapGet("/console-key", (string tenant, DemoKeys keys) => Results.Json(new { Key = keys.Of(tenant)!.AgentKey }, DemoJson.Options));
        MapPages(app);
    }

    private static async ValueTask<object?> OnlyOpenStores(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var tenant = context.HttpContext.Request.RouteValues["tenant"] as string ?? "";
        var catalog = context.HttpContext.RequestServices.GetRequiredService<DemoCatalog>();
        return catalog.Find(tenant) is { } store && catalog.IsOpen(store.Tenant) ? await next(context) : Results.NotFound();
    }

    private static IResult StoreFile(string tenant, DemoCatalog catalog, DemoKeys keys)
    {
        var store = catalog.Find(tenant)!;
        return Results.Json(
            new { store.Store, Situations = store.Situations.Select(s => new { s.Id, s.Title, s.Story, s.Customer, s.Next, s.Cart, s.ExpectedIntent }), keys.Of(tenant)!.PublishableKey },
            DemoJson.Options);
    }

    private static async Task<IResult> WalkInAsync(string tenant, WalkIn request, DemoCatalog catalog, DemoPersonas personas, CancellationToken ct)
    {
        var store = catalog.Find(tenant)!;
        return store.Situations.FirstOrDefault(s => s.Id == request.Situation) is { } situation
            ? Results.Json(await personas.WalkInAsync(store, situation, ct), DemoJson.Options)
            : Results.NotFound();
    }

    private static IResult Renew(string tenant, Shopper request, DemoCatalog catalog, DemoPersonas personas) =>
        personas.Renew(catalog.Find(tenant)!, request.Customer) is { } jwt ? Results.Json(new { jwt }, DemoJson.Options) : Results.NotFound();

    private static async Task<IResult> OrdersAsync(string tenant, string customer, DemoCatalog catalog, DemoInsight insight, CancellationToken ct)
    {
        var store = catalog.Find(tenant)!;
        return Results.Json(await insight.OrdersAsync(store.Tenant, await insight.CustomerAsync(store.Tenant, customer, ct), ct), DemoJson.Options);
    }

    private static async Task<IResult> BuyAsync(string tenant, Purchase request, DemoCatalog catalog, DemoPersonas personas, CancellationToken ct)
    {
        var store = catalog.Find(tenant)!;
        if (request.Lines is not { Count: > 0 and <= 50 } || request.Lines.Any(l => l.Quantity is < 1 or > 99 || store.Product(l.Product) is null))
        {
            return Results.BadRequest();
        }

        var lines = request.Lines.Select(l => new DemoLine(l.Product, l.Quantity, store.Product(l.Product)!["price"]!.GetValue<decimal>(), l.Options));
        return Results.Json(new { Number = await personas.BuyAsync(store, request.Customer, [.. lines], ct) }, DemoJson.Options);
    }

    private static async Task<IResult> InsightAsync(string tenant, string customer, DemoCatalog catalog, DemoInsight insight, CancellationToken ct) =>
        Results.Json(await insight.LookAsync(catalog.Find(tenant)!, customer, ct), DemoJson.Options);

    private static IResult Traffic(string tenant, TrafficSwitch request, DemoCatalog catalog, DemoTraffic traffic)
    {
        traffic.Switch(catalog.Find(tenant)!, request.On);
        return Results.NoContent();
    }

    private static void MapPages(WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "web", "demo");
        if (!Directory.Exists(folder))
        {
            return;
        }

        app.UseStaticFiles(new StaticFileOptions { RequestPath = "/demo", FileProvider = new PhysicalFileProvider(folder) });
        var page = Path.Combine(folder, "index.html");
        foreach (var route in new[] { "/", "/demo", "/demo/{tenant}/{**rest:nonfile}" })
        {
            app.MapMethods(route, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                context.Response.Headers.CacheControl = "no-cache";
                return Results.File(page, "text/html; charset=utf-8");
            }).AllowAnonymous().ExcludeFromDescription();
        }
    }

    internal sealed record WalkIn(string Situation);

    internal sealed record Shopper(string Customer);

    internal sealed record Purchase(string Customer, IReadOnlyList<PurchaseLine> Lines);

    internal sealed record PurchaseLine(string Product, string? Options, int Quantity);

    internal sealed record TrafficSwitch(bool On);
}
