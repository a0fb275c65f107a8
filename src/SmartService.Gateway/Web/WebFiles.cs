using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace SmartService.Gateway.Web;

/// <summary>The widget's script and the console, as built under src/web and copied beside the executable.</summary>
internal static class WebFiles
{
    private const string Immutable = "public, max-age=31536000, immutable";

    public static void MapWeb(this WebApplication app)
    {
        var folder = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.WebFolder;
        MapWidget(app, Path.Combine(folder, "widget"));
        MapConsole(app, Path.Combine(folder, "console"));
    }

    /// <summary>/widget.js under its fixed name, revalidated each time; /widget/… for what it loads.</summary>
    private static void MapWidget(WebApplication app, string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.MapGet("/widget.js", () => TypedResults.PhysicalFile(
                Path.Combine(folder, "widget.js"), "text/javascript; charset=utf-8", lastModified: File.GetLastWriteTimeUtc(Path.Combine(folder, "widget.js")), entityTag: Tag(Path.Combine(folder, "widget.js"))))
            .AddEndpointFilter(async (context, next) =>
            {
                var headers = context.HttpContext.Response.Headers;
                headers.CacheControl = "public, max-age=300";
                headers.AccessControlAllowOrigin = "*"; // a script for any shop's page; it holds nothing secret
                headers["Cross-Origin-Resource-Policy"] = "cross-origin";
                return await next(context);
            })
            .AllowAnonymous().ExcludeFromDescription();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            RequestPath = "/widget",
            OnPrepareResponse = c =>
            {
                Cache(c);
                c.Context.Response.Headers.AccessControlAllowOrigin = "*";
                c.Context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            },
        });
    }

    private static void MapConsole(WebApplication app, string folder)
    {
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, RequestPath = "/console", OnPrepareResponse = Cache });

        // Addresses inside the console are the console's own business: they all load its one page.
        var page = new ConsolePage(Path.Combine(folder, "index.html"));
        app.MapGet("/console/{**path:nonfile}", page.ServeAsync)
            .AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Bundlers put a hash into a name ("index-BxTz81aQ.js"); such a file never changes.</summary>
    private static void Cache(StaticFileResponseContext context)
    {
        var name = Path.GetFileNameWithoutExtension(context.File.Name);
        var dash = name.LastIndexOf('-');
        var hashed = dash > 0 && name.Length - dash - 1 >= 8;
        context.Context.Response.Headers.CacheControl = hashed ? Immutable : "no-cache";
        context.Context.Response.Headers.ContentSecurityPolicy = ConsolePage.Policy();
    }

    private static Microsoft.Net.Http.Headers.EntityTagHeaderValue Tag(string file)
    {
        var info = new FileInfo(file);
        return new($"\"{info.LastWriteTimeUtc.Ticks:x}-{info.Length:x}\"");
    }
}
