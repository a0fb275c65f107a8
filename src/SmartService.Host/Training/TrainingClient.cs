using System.Net.Http.Headers;
using System.Text.Json;
using SmartService.Host.Commands;

namespace SmartService.Host.Training;

/// <summary>Asks a running server to train. It goes as administrator with the folder's own key, which proves that the server and the folder belong together.</summary>
internal sealed class TrainingClient : IDisposable
{
    private const string KeyVariable = "SMARTSERVICE_ADMIN_KEY";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly HttpClient _client;

    private TrainingClient(HttpClient client) => _client = client;

    /// <exception cref="CommandException">The address is none, or there is no key.</exception>
    public static TrainingClient Open(string url, string data)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"\"{url}\" is no address; one is like http://localhost:8080.");
        }

        var file = Path.Combine(data, "admin.key");
        var key = Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } given ? given
            : File.Exists(file) ? File.ReadAllText(file).Trim()
            : throw new CommandException($"There is no admin.key in {Path.GetFullPath(data)}. Name the server's data folder with --data DIR, or set {KeyVariable}.");
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new(client);
    }

    /// <returns>Hash of what is live now; null for the shipped model.</returns>
    public async Task<string?> RollBackAsync(string tenant, CancellationToken ct)
    {
        using var body = await AskAsync(HttpMethod.Post, $"/v1/tenants/{Uri.EscapeDataString(tenant)}/learning/rollback", ct);
        return body.RootElement.TryGetProperty("live", out var live) ? live.GetString() : null;
    }

    public async Task<TrainingOutcome> TrainAsync(string tenant, CancellationToken ct)
    {
        var runs = $"/v1/tenants/{Uri.EscapeDataString(tenant)}/learning/runs";
        using var started = await AskAsync(HttpMethod.Post, runs, ct);
        var run = started.RootElement.GetProperty("run").GetString()!;
        while (true)
        {
            using var body = await AskAsync(HttpMethod.Get, $"{runs}/{run}", ct);
            switch (body.RootElement.GetProperty("state").GetString())
            {
                case "done":
                    return Outcome(body.RootElement.GetProperty("report"));
                case "failed":
                    throw new CommandException($"The training of {tenant} failed; the server's log says why.");
            }

            await Task.Delay(Pause, ct);
        }
    }

    public void Dispose() => _client.Dispose();

    private static TrainingOutcome Outcome(JsonElement report) => new(
        report.GetProperty("verdict").GetString()!, report.GetProperty("why").GetString()!, report.GetProperty("heldBack").GetInt32(),
        report.GetProperty("rightBefore").GetInt32(), report.GetProperty("rightAfter").GetInt32(),
        report.TryGetProperty("model", out var model) ? model.GetString() : null,
        report.GetProperty("lessons").EnumerateArray().Sum(lesson => lesson.GetProperty("count").GetInt32()), report.GetProperty("seconds").GetDouble());

    private async Task<JsonDocument> AskAsync(HttpMethod method, string path, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await _client.SendAsync(request, ct);
            var body = await answer.Content.ReadAsStringAsync(ct);
            return answer.IsSuccessStatusCode
                ? JsonDocument.Parse(body)
                : throw new CommandException($"The server at {_client.BaseAddress} says {(int)answer.StatusCode}: {DetailOf(body)}");
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"No server answers at {_client.BaseAddress} ({e.Message}). Name its address with --url URL.");
        }
    }

    private static string DetailOf(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return $"{problem.RootElement.GetProperty("title").GetString()}. {problem.RootElement.GetProperty("detail").GetString()}";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "no explanation";
        }
    }
}
