using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SmartService.Host.Commands;

namespace SmartService.Host.Replay;

/// <summary>Sends batches through the bulk calls. The server writes nothing of a batch with a faulty line: those are told, left out, and the rest sent again.</summary>
internal sealed class ReplaySender : IDisposable
{
    private const int Tries = 30;
    private readonly HttpClient _http;

    /// <exception cref="CommandException">The address is none.</exception>
    public ReplaySender(string url, string key)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"{url} is no address; one is like http://localhost:8080.");
        }

        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public long Visits { get; private set; }

    public long Orders { get; private set; }

    public async Task SendAsync(IReadOnlyList<(ClickRow Row, string Json)> batch, Action<int, string> fault, CancellationToken ct)
    {
        var rest = batch;
        while (rest.Count > 0)
        {
            var faulty = await PostAsync(rest, ct);
            if (faulty.Count == 0)
            {
                Count(rest);
                return;
            }

            foreach (var (index, reason) in faulty)
            {
                fault(rest[index].Row.Line, reason);
            }

            var left = faulty.Select(f => f.Index).ToHashSet();
            rest = [.. rest.Where((_, i) => !left.Contains(i))];
        }
    }

    public void Dispose() => _http.Dispose();

    private void Count(IReadOnlyList<(ClickRow Row, string Json)> sent)
    {
        if (sent[0].Row.IsOrder)
        {
            Orders += sent.Count;
        }
        else
        {
            Visits += sent.Count;
        }
    }

    /// <returns>Faulty lines by their place in the batch; empty when the batch is written.</returns>
    private async Task<List<(int Index, string Reason)>> PostAsync(IReadOnlyList<(ClickRow Row, string Json)> batch, CancellationToken ct)
    {
        var path = batch[0].Row.IsOrder ? "/v1/orders/bulk" : "/v1/visits/bulk";
        var body = string.Join('\n', batch.Select(b => b.Json));
        for (var attempt = 1; ; attempt++)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
            using var response = await TryPostAsync(path, content, ct);
            if (response.IsSuccessStatusCode)
            {
                return [];
            }

            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && attempt < Tries)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), ct);
                continue;
            }

            return await FaultsAsync(response, batch.Count, ct);
        }
    }

    private async Task<HttpResponseMessage> TryPostAsync(string path, HttpContent content, CancellationToken ct)
    {
        try
        {
            return await _http.PostAsync(new Uri(path, UriKind.Relative), content, ct);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"{_http.BaseAddress} does not answer ({e.Message}). Start the server, or name it with --url.");
        }
    }

    private static async Task<List<(int Index, string Reason)>> FaultsAsync(HttpResponseMessage response, int count, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        var problem = Parse(text);
        var detail = problem is { } p && p.TryGetProperty("detail", out var d) ? d.GetString() : null;
        if (response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Conflict)
            || problem is not { } body || !body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
        {
            throw new CommandException($"The server answered {(int)response.StatusCode}: {detail ?? "no reason given"}");
        }

        var faults = errors.EnumerateArray()
            .Select(e => (Index: e.TryGetProperty("line", out var line) ? line.GetInt32() - 1 : -1, Reason: $"{e.GetProperty("field").GetString()} {e.GetProperty("message").GetString()}".Trim()))
            .Where(f => f.Index >= 0 && f.Index < count)
            .DistinctBy(f => f.Index)
            .ToList();
        return faults.Count > 0 ? faults : throw new CommandException($"The server answered {(int)response.StatusCode}: {detail}");
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
