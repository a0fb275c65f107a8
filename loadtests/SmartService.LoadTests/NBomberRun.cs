using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;
using SmartService.Drill.Commands;
using SmartService.Drill.Driving;
using SmartService.Drill.Servers;
using SmartService.Drills.Checking;
using SmartService.Drills.Shoppers;
using SmartService.Drills.Stores;

namespace SmartService.LoadTests;

/// <summary>
/// One drill under NBomber: the same shoppers, the same questions, the same objectives as thresholds, and the same reading back
/// afterwards. Faults, streams and noise stay with <c>./smart drill</c>, whose schedule is computed beforehand.
/// </summary>
internal static class NBomberRun
{
    public static async Task<int> RunAsync(Drills.Drill drill, string folder, CancellationToken ct)
    {
        if (drill.Faults.Count > 0 || drill.Noise is not null)
        {
            throw new ServerException($"{drill.Name} has faults or a noisy merchant; those are done by ./smart drill {drill.Name}, without --host nbomber.");
        }

        await using var server = new OwnServer(Places.Host, folder, drill.Settings);
        await server.StartAsync(ct);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = drill.Connections }) { Timeout = drill.Patience };
        var store = await new StoreBuilder(http, server.Address, server.AdminKey).BuildAsync(drill, Console.WriteLine, ct);

        // NBomber decides how many come; a fifth more than planned, and the warm-up, have room.
        var journeys = (int)((drill.Curve.Expected + (drill.Curve.RateAt(TimeSpan.Zero) * drill.WarmUp.TotalSeconds)) * 1.2) + 100;
        var ledger = new Ledger(journeys, drill.Shoppers.Turns + 1);
        var requests = new Requests(drill, int.MaxValue, store);
        var shopper = new NBomberShopper(drill, requests, ledger, new StepSender(http, server.Address, drill.Patience));

        var scenario = Scenario.Create(drill.Name, shopper.WalkAsync)
            .WithWarmUpDuration(drill.WarmUp)
            .WithLoadSimulations(Simulations.Of(drill.Curve))
            .WithObjectives(drill.Objectives);
        var result = NBomberRunner.RegisterScenarios(scenario)
            .WithTestSuite("SmartService drills")
            .WithTestName(drill.Name)
            .WithReportFolder(folder)
            .WithReportFormats(ReportFormat.Html, ReportFormat.Csv, ReportFormat.Md, ReportFormat.Txt)
            .Run();

        await server.KillAndStartAsync(ct);
        var reconciliation = new Reconciliation(ledger, store);
        using var readBack = new ReadBack(requests, ledger, store, reconciliation);
        await readBack.RunAsync();
        foreach (var discrepancy in reconciliation.Discrepancies)
        {
            Console.WriteLine(discrepancy);
        }

        var missed = result.Thresholds.Count(t => t.IsFailed);
        Console.WriteLine($"{reconciliation.Kept} kept, {reconciliation.Lost} lost, {reconciliation.Doubled} doubled, {reconciliation.Reordered} reordered, {reconciliation.NotReadBack} conversations not read back; {missed} objectives not met.");
        return missed == 0 && reconciliation is { Lost: 0, Doubled: 0, Reordered: 0, NotReadBack: 0 } ? DrillCommands.Passed : DrillCommands.Failed;
    }
}
