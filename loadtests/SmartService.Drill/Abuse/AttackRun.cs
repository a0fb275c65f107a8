using SmartService.Drill.Servers;
using SmartService.Drills;
using SmartService.Drills.Curves;
using SmartService.Drills.Stores;

namespace SmartService.Drill.Abuse;

/// <summary>One attack against a server of its own: ordinary load alone, then with the attack, then what is left.</summary>
internal static class AttackRun
{
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(6);

    /// <summary>What the others may notice. Printed as a ratio; a machine that does other things makes it more.</summary>
    public const double MostRatio = 2;

    public static IReadOnlyList<Attack> All { get; } = [new Reconnects(), new NeverReaders(), new Slowloris(), new ConnectionFlood(), new Oversized(), new Smuggling()];

    /// <param name="alone">How long the ordinary load runs before; null for the usual time.</param>
    /// <exception cref="StoreException">The server refused the store.</exception>
    public static async Task<AttackReport> RunAsync(Attack attack, int size, ulong seed, string host, string folder, Action<string> says, TimeSpan? alone, CancellationToken ct)
    {
        await using var server = new OwnServer(host, folder, attack.Settings);
        await server.StartAsync(ct);
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        var store = await new StoreBuilder(http, server.Address, server.AdminKey).BuildAsync(PlanOf(attack, size, seed), what => says($"Made {what}"), ct);
        await using var legitimate = new Legitimate(store);
        says("Ordinary shoppers ask");
        await Task.Delay(alone ?? Alone, ct);
        await legitimate.AllAnsweredAsync(ct);
        var ground = new Ground(server, store, legitimate, size, seed);
        says($"{attack.Name}: {size:N0}");
        legitimate.Attacked = true;
        await attack.RunAsync(ground, ct);
        legitimate.Attacked = false;
        await JudgeAsync(ground, server, http, ct);
        return new(attack.Name, attack.Question, size, seed, ground.Faults.Count > 0 ? Verdict.Failed : Verdict.Passed, ground.Figures, ground.Faults);
    }

    private static async Task JudgeAsync(Ground ground, OwnServer server, HttpClient http, CancellationToken ct)
    {
        var legitimate = ground.Legitimate;
        ground.Note("legitimateAsked", legitimate.Asked);
        ground.Note("legitimateFailed", legitimate.Failed);
        ground.Note("legitimateRefusedForNow", legitimate.Refused);
        ground.Note("legitimateP99BeforeMs", legitimate.BeforeP99Ms);
        ground.Note("legitimateP99DuringMs", legitimate.DuringP99Ms);
        ground.Note("legitimateP99Ratio", legitimate.DuringP99Ms / Math.Max(0.001, legitimate.BeforeP99Ms));
        ground.Must(legitimate.Failed == 0, $"{legitimate.Failed} questions of ordinary shoppers were not answered.");
        ground.Must(server.IsAlive, "The server has ended.");
        if (server.IsAlive)
        {
            using var ready = await http.GetAsync(new Uri(server.Address, "/readyz"), ct);
            ground.Must(ready.IsSuccessStatusCode, $"The server is not ready any more: {await ready.Content.ReadAsStringAsync(ct)}");
            var broken = await BrokenAsync(server, http, ct);
            ground.Note("answers5xx", broken);
            ground.Must(broken == 0, $"{broken} answers were 500 or another fault of the server's own.");
        }
    }

    /// <summary>Answers with 5xx that are no "come again".</summary>
    private static async Task<double> BrokenAsync(OwnServer server, HttpClient http, CancellationToken ct)
    {
        var text = await http.GetStringAsync(new Uri(server.Address, "/metrics"), ct);
        return text.Split('\n').Where(l => l.StartsWith("smartservice_problems_total{", StringComparison.Ordinal) && l.Contains("status=\"5", StringComparison.Ordinal) && !l.Contains("status=\"503\"", StringComparison.Ordinal))
            .Sum(l => double.Parse(l.AsSpan(l.LastIndexOf(' ') + 1), System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Drills.Drill PlanOf(Attack attack, int size, ulong seed) => new(
        attack.Name, attack.Question, seed, TimeSpan.Zero, TimeSpan.FromSeconds(30), 1, 1,
        new StorePlan(1, attack.Shoppers(size), 20, 1.1, [("en", 1)]), new ShopperPlan(1, TimeSpan.FromSeconds(1), 0, 0, 0, 0, 0, 1),
        null, null, new Curve([]), [], [], null, new Dictionary<string, string>());
}
