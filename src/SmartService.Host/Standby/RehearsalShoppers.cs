using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SmartService.Host.Demo;

namespace SmartService.Host.Standby;

/// <summary>Shoppers of the demonstration stores who look at pages, keep streams open and ask, over HTTP as everybody does, at a pace.</summary>
internal sealed class RehearsalShoppers(int messagesPerSecond) : IDisposable
{
    private const int AtOnce = 8;
    private const int ShoppersOfAStream = 5;
    private const string Visits = "/v1/shopper/visits";
    private static readonly TimeSpan StoresOpenWithin = TimeSpan.FromMinutes(2);
    private static readonly string[] Pages = ["home", "category", "product", "search", "cart", "checkout", "orders", "policy"];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>A connection for each request: everybody who was connected to the other server opens a new one to this.</summary>
    private readonly HttpClient _once = new() { Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { ConnectionClose = true } };

    private readonly ConcurrentDictionary<int, string> _tokens = new();
    private int _answered;

    /// <summary>Messages answered so far.</summary>
    public int Answered => _answered;

    /// <summary>So many shoppers ask so many questions each, in one conversation; in a later play those of the former ones go on with theirs.</summary>
    /// <exception cref="DemoException">The stores did not open, or the server refused something for another reason than load.</exception>
    public async Task PlayAsync(IServiceProvider server, int shoppers, int turns, string play, CancellationToken ct)
    {
        var address = new Uri(server.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var scene = new Scene(address, await OpenAsync(server, ct), server.GetRequiredService<DemoKeys>(), play, Stopwatch.StartNew());
        using (await _http.GetAsync(new Uri(address, "/readyz"), ct)) // What a balancer asks before it sends anybody.
        {
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var streams = new ConcurrentBag<Task>();
        await Parallel.ForAsync(0, shoppers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (number, token) =>
        {
            var store = scene.Stores[number % scene.Stores.Count];
            await scene.WaitAsync(number * turns / (double)messagesPerSecond, token);
            if (await ComeAsync(scene, store, number, token) is not { } shopper)
            {
                return;
            }

            if (number % ShoppersOfAStream == 0)
            {
                streams.Add(ListenAsync(scene, shopper, over.Token));
            }

            await AskAsync(scene, store, shopper, number, turns, token);
        });
        await over.CancelAsync();
        await Task.WhenAll(streams);
    }

    public void Dispose()
    {
        _http.Dispose();
        _once.Dispose();
    }

    private static async Task<IReadOnlyList<DemoStore>> OpenAsync(IServiceProvider server, CancellationToken ct)
    {
        var catalog = server.GetRequiredService<DemoCatalog>();
        var clock = Stopwatch.StartNew();
        while (!catalog.Stores.All(s => catalog.IsOpen(s.Tenant)))
        {
            if (clock.Elapsed > StoresOpenWithin)
            {
                throw new DemoException("The stores of the rehearsal did not open.", HttpStatusCode.ServiceUnavailable);
            }

            await Task.Delay(50, ct);
        }

        return catalog.Stores;
    }

    /// <returns>The shopper's token; null when there was no room for one more.</returns>
    private async Task<string?> ComeAsync(Scene scene, DemoStore store, int number, CancellationToken ct)
    {
        if (!_tokens.TryGetValue(number, out var token))
        {
            var session = await SendAsync(scene, "/v1/shopper/sessions", scene.Keys.Of(store.Tenant.Value)!.PublishableKey, new { session = Session(number), store.Locale }, ct);
            if (session is null)
            {
                return null;
            }

            token = _tokens[number] = session["token"]!.GetValue<string>();
        }

        var page = Pages[number % Pages.Length];
        var visit = new
        {
            Id = $"visit-{scene.Play}-{number:00000000}", Session = Session(number), At = DateTimeOffset.UtcNow, Page = page,
            Error = page == "checkout" ? "payment_declined" : null, DwellSeconds = 20,
        };
        await SendAsync(scene, Visits, token, new { visits = new[] { visit } }, ct);
        return token;
    }

    private async Task AskAsync(Scene scene, DemoStore store, string token, int number, int turns, CancellationToken ct)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            var text = Write(store, number, (number * turns) + turn);
            var answer = await SendAsync(
                scene, $"/v1/shopper/conversations/rehearsal-{number:00000000}/messages", token, new { ClientId = $"m-{scene.Play}-{turn}", text, store.Locale }, ct);
            if (answer is not null)
            {
                Interlocked.Increment(ref _answered);
            }
        }
    }

    /// <summary>As shoppers write: most ask one thing, some two in one message, some with the number of their order and how to be called.</summary>
    private static string Write(DemoStore store, int number, int nth)
    {
        var question = WordingOf(store, number, nth);
        return (nth % 4) switch
        {
            1 => $"{question} {WordingOf(store, number, nth + (store.Knowledge.Count / 2))}",
            2 => string.Create(CultureInfo.InvariantCulture, $"{question} #{20261111_0000 + nth}, 010-5550-{nth % 10_000:0000}"),
            _ => question,
        };
    }

    private static string WordingOf(DemoStore store, int number, int nth)
    {
        var item = store.Knowledge[nth % store.Knowledge.Count]!;
        var wordings = item["variants"]!.AsArray();
        var wording = number % (wordings.Count + 1);
        return (wording == wordings.Count ? item["question"]! : wordings[wording]!).GetValue<string>();
    }

    /// <summary>Reads what the server pushes until the play is over.</summary>
    private async Task ListenAsync(Scene scene, string token, CancellationToken over)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(scene.Address, "/v1/shopper/stream"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over);
            await using var stream = await response.Content.ReadAsStreamAsync(over);
            await stream.CopyToAsync(Stream.Null, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The play is over.
        }
    }

    /// <returns>The answer; null when the server has no room for it now: it rehearses that as well.</returns>
    private async Task<JsonNode?> SendAsync(Scene scene, string path, string credential, object body, CancellationToken ct)
    {
        var client = new DemoClient(path == Visits ? _once : _http);
        try
        {
            return await client.PostAsync(new Uri(scene.Address, path).AbsoluteUri, credential, body, ct);
        }
        catch (DemoException e) when (e.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }
    }

    private static string Session(int number) => string.Create(CultureInfo.InvariantCulture, $"s_rehearsal{number:00000000}");

    /// <param name="Play">Part of every id, so that a later play's messages are new.</param>
    private sealed record Scene(Uri Address, IReadOnlyList<DemoStore> Stores, DemoKeys Keys, string Play, Stopwatch Clock)
    {
        public async Task WaitAsync(double seconds, CancellationToken ct)
        {
            if (TimeSpan.FromSeconds(seconds) - Clock.Elapsed is { Ticks: > 0 } left)
            {
                await Task.Delay(left, ct);
            }
        }
    }
}
