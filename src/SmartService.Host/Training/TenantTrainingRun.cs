using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Learning;
using SmartService.Engine.Embedded;
using SmartService.Engine.Following;
using SmartService.Engine.Scheduling;
using SmartService.Host.Commands;
using SmartService.Host.Running;

namespace SmartService.Host.Training;

/// <param name="Url">Null: the server on the data folder if one runs, else no server.</param>
internal sealed record TenantTrainingArguments(string Tenant, string Data, string? Url, bool RollBack);

/// <summary>
/// Trains a store's own model. A data folder has one master: where a server runs on it, that server does the work and puts the
/// model into use without a pause; where none does, the work is done here and the next start finds it.
/// </summary>
internal static class TenantTrainingRun
{
    private const string UsualUrl = "http://localhost:8080";
    private const string Asker = "command line";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(TenantTrainingArguments arguments, TextWriter output, CancellationToken ct)
    {
        if (arguments.Url is null && !EmbeddedData.IsInUse(arguments.Data))
        {
            return await AloneAsync(arguments, output, ct);
        }

        using var server = TrainingClient.Open(arguments.Url ?? UsualUrl, arguments.Data);
        if (arguments.RollBack)
        {
            await output.WriteLineAsync(Describe(arguments.Tenant, await server.RollBackAsync(arguments.Tenant, ct)));
            return 0;
        }

        return await SayAsync(output, await server.TrainAsync(arguments.Tenant, ct));
    }

    private static async Task<int> AloneAsync(TenantTrainingArguments arguments, TextWriter output, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(arguments.Data, "journal.db")))
        {
            throw new CommandException($"There is no data in {Path.GetFullPath(arguments.Data)}. Name the data folder with --data DIR, or a server with --url URL.");
        }

        await using var parts = ServerSetup.BuildForTraining(arguments.Data);

        // No reminders: what is due belongs to the server that will start next.
        var running = parts.GetServices<IHostedService>().Where(service => service is not ReminderService).ToArray();
        foreach (var service in running)
        {
            await service.StartAsync(ct);
        }

        try
        {
            await CaughtUpAsync(parts.GetRequiredService<FollowerRunner>(), ct);
            var learning = parts.GetRequiredService<ILearning>();
            var tenant = new TenantId(arguments.Tenant);
            if (!arguments.RollBack)
            {
                return await SayAsync(output, await TrainedAsync(learning, tenant, ct));
            }

            if (await learning.RollBackAsync(tenant, Asker, ct) is LearningRefusal.NothingToRollBack)
            {
                throw new CommandException($"The shipped model answers for {arguments.Tenant}; there is nothing to roll back.");
            }

            await output.WriteLineAsync(Describe(arguments.Tenant, (await learning.ReadAsync(tenant, ct)).State.Live));
            return 0;
        }
        finally
        {
            foreach (var service in running.Reverse())
            {
                await service.StopAsync(CancellationToken.None);
            }
        }
    }

    private static async Task CaughtUpAsync(FollowerRunner followers, CancellationToken ct)
    {
        while (followers.Statuses.FirstOrDefault(status => status.Lag > 0 || status.Fault is not null) is { } behind)
        {
            if (behind.Fault is { } fault)
            {
                throw new CommandException($"The read models cannot follow the journal: {fault} Build them anew with ./smart rebuild.");
            }

            await Task.Delay(Pause, ct);
        }
    }

    private static async Task<TrainingOutcome> TrainedAsync(ILearning learning, TenantId tenant, CancellationToken ct)
    {
        var started = learning.Start(tenant, Asker)!;
        while (true)
        {
            if (learning.Find(tenant, started.Id) is { IsOver: true } run)
            {
                return run.Report is { } r
                    ? new(r.Verdict.ToString(), r.Why, r.HeldBack, r.RightBefore, r.RightAfter, r.Model, r.Lessons.Sum(l => l.Count), r.Took.TotalSeconds)
                    : throw new CommandException($"The training of {tenant} failed; see the log.");
            }

            await Task.Delay(Pause, ct);
        }
    }

    private static string Describe(string tenant, string? live) =>
        $"{tenant}: rolled back; {(live is null ? "the shipped model answers" : $"its own model {live[..12]} answers")}.";

    private static async Task<int> SayAsync(TextWriter output, TrainingOutcome outcome)
    {
        await output.WriteLineAsync(outcome.ToString());
        return 0;
    }
}
