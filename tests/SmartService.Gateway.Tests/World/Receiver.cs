using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartService.Gateway.Tests.World;

/// <summary>A server that webhooks are sent to. Answers with what it is told to, then with 200.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static int _port = 22_000 + Random.Shared.Next(400);
    private readonly WebApplication _app;

    private Receiver(WebApplication app, string url) => (_app, Url) = (app, url);

    public string Url { get; }

    public ConcurrentQueue<int> Answers { get; } = new();

    public ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, string Body)> Got { get; } = new();

    public static async Task<Receiver> StartAsync()
    {
        for (var tries = 0; ; tries++)
        {
            var url = $"http://127.0.0.1:{22_000 + (Interlocked.Increment(ref _port) % 500)}";
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls(url);
            var app = builder.Build();
            var receiver = new Receiver(app, url + "/hook");
            app.Run(receiver.TakeAsync);
            try
            {
                await app.StartAsync();
                return receiver;
            }
            catch (IOException) when (tries < 20)
            {
                await app.DisposeAsync(); // somebody else's port
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Got.Enqueue((context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : (int)HttpStatusCode.OK;
        if (context.Response.StatusCode is 302)
        {
            context.Response.Headers.Location = Url;
        }
    }
}
