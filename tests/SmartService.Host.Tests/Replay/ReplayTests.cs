using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using SmartService.Host.Tests.World;
using Xunit.Abstractions;

namespace SmartService.Host.Tests.Replay;

/// <summary>A recorded clickstream through the verb, the server, and out on the customers' timelines.</summary>
[Collection(ProcessTests.Name)]
public sealed class ReplayTests(ITestOutputHelper output) : IDisposable
{
    private const int Sessions = 400;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replay_RecordedSessions_AreOnTheCustomersTimelines()
    {
        var sessions = TakeSessions();
        var file = _folder["sessions.txt"];
        await File.WriteAllLinesAsync(file, sessions.Select(s => string.Join(' ', s)));
        await using var host = await HostProcess.StartAsync(_folder["data"]);
        var store = await host.OpenStoreAsync("shop");

        var said = await ReplayAsync(host, store, file);
        said.ShouldContain($"Sent {sessions.Sum(s => s.Length).ToString("N0", CultureInfo.CurrentCulture)} visits");

        using var secret = host.As(store.SecretKey);
        await ShouldBeOnTimelinesAsync(secret, sessions);

        // The same recording again is the same visits again: nothing doubles.
        await ReplayAsync(host, store, file);
        await ShouldBeOnTimelinesAsync(secret, sessions);
    }

    [Fact]
    public async Task Replay_OwnSampleWithOrders_BringsVisitsAndOrders()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Replay", "clicks.csv");
        await using var host = await HostProcess.StartAsync(_folder["data"]);
        var store = await host.OpenStoreAsync("shop");
        (await ReplayAsync(host, store, file)).ShouldContain("0 lines left out");
        using var secret = host.As(store.SecretKey);
        var ada = await secret.GetFromJsonAsync<JsonElement>("/v1/customers/ada");
        ada.GetProperty("visits").EnumerateArray().Select(v => v.GetProperty("page").GetString()).ShouldBe(["home", "product", "cart", "payment"]);
        ada.GetProperty("orders").EnumerateArray().Select(o => o.GetProperty("number").GetString()).ShouldBe(["A-1001"]);
        var bob = await secret.GetFromJsonAsync<JsonElement>("/v1/customers/bob");
        bob.GetProperty("visits").EnumerateArray().Last().GetProperty("error").GetString().ShouldBe("payment_declined");
    }

    private static async Task<string> ReplayAsync(HostProcess host, HostStore store, string file)
    {
        var (code, said, error) = await HostProcess.RunAsync(
            "replay", file, "--tenant", store.Id, "--url", host.Address.ToString(), "--key", store.SecretKey);
        (code, error).ShouldBe((0, ""));
        return said;
    }

    private static async Task ShouldBeOnTimelinesAsync(HttpClient secret, List<string[]> sessions)
    {
        for (var i = 0; i < sessions.Count; i++)
        {
            // Timelines follow the journal a moment later. A test that hangs here is ended, and named, by the test run.
            List<string> pages;
            while ((pages = await PagesAsync(secret, $"session-{i + 1}")).Count < sessions[i].Length)
            {
                await Task.Delay(20);
            }

            pages.ShouldBe([.. sessions[i]], customMessage: $"session {i + 1}");
        }
    }

    /// <summary>The pages of all visits on a timeline, in the order they were seen.</summary>
    private static async Task<List<string>> PagesAsync(HttpClient secret, string customer)
    {
        var timeline = await secret.GetFromJsonAsync<JsonElement>($"/v1/customers/{customer}/timeline?limit=200");
        timeline.TryGetProperty("next", out _).ShouldBeFalse("the bound of this test is one page");
        return [.. timeline.GetProperty("entries").EnumerateArray().Where(e => e.GetProperty("kind").GetString() == "customer-visited")
            .OrderBy(e => e.GetProperty("position").GetInt64()).Select(e => e.GetProperty("data").GetProperty("visit").GetProperty("subject").GetString()!)];
    }

    /// <summary>The first sessions of a real shop's recording where it is there, else as many made up ones.</summary>
    private List<string[]> TakeSessions()
    {
        var root = typeof(ReplayTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        var recorded = Path.GetFullPath(Path.Combine(root, "..", "shared", "data", "seq_bms", "sessions.txt"));
        var found = File.Exists(recorded);
        output.WriteLine(found ? $"The first {Sessions} sessions of the real clickstream {recorded}" : $"{Sessions} sessions of our own, made from a seed: {recorded} is not here");
        var random = new Random(20_261_111);
        var lines = found ? File.ReadLines(recorded).Take(Sessions) : Enumerable.Range(0, Sessions).Select(_ =>
            string.Join(' ', Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(10_000, 10_200).ToString(CultureInfo.InvariantCulture))));
        return [.. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
