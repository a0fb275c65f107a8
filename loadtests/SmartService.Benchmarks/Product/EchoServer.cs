using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartService.Benchmarks.Product;

/// <summary>The reference for everything over HTTP: Kestrel that answers a POST with the same bytes, and tells all open streams what is posted. Nothing else.</summary>
internal static class EchoServer
{
    public static async Task RunAsync(int port)
    {
        var open = new ConcurrentDictionary<HttpResponse, bool>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = builder.Build();
        app.MapPost("/echo", async (HttpContext context) =>
        {
            context.Response.ContentLength = context.Request.ContentLength;
            context.Response.ContentType = "application/json";
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        app.MapGet("/stream", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            open[context.Response] = true;
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            open.TryRemove(context.Response, out _);
        });
        app.MapPost("/tell", async (HttpContext context) =>
        {
            var frame = new byte[context.Request.ContentLength ?? 0];
            await context.Request.Body.ReadExactlyAsync(frame);
            foreach (var (response, _) in open)
            {
                response.BodyWriter.Write(frame);
                await response.BodyWriter.FlushAsync();
            }
        });
        await app.RunAsync();
    }
}
