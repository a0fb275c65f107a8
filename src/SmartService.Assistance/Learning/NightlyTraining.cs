using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Queries;
using SmartService.Engine.Scheduling;

namespace SmartService.Assistance.Learning;

/// <summary>Every night queues a training for each tenant that has enough new to learn.</summary>
/// <remarks>It only queues: reminders are handled one after another, and a night's training must not hold up the others. What was queued and not
/// trained when the process ends waits for the next night. The scheduler is asked for when needed, since it holds its handlers and so cannot be made before them.</remarks>
internal sealed partial class NightlyTraining(
    IServiceProvider services, IDirectory directory, TrainingQueue queue, AssistanceOptions options, TimeProvider time, ILogger<NightlyTraining> logger) : IReminderHandler
{
    public const string ReminderKind = "learning-nightly";
    public const string ReminderName = "all";
    private const int TenantsPerPage = 200;

    public string Kind => ReminderKind;

    /// <summary>Sets the reminder of the next night, or takes it away where nights are off. A missed one is kept and comes at once.</summary>
    public async ValueTask ArmAsync(CancellationToken ct)
    {
        var scheduler = services.GetRequiredService<IScheduler>();
        if (options.Learning.NightlyHour < 0)
        {
            await scheduler.CancelAsync(ReminderKind, ReminderName, ct);
        }
        else if (await scheduler.FindAsync(ReminderKind, ReminderName, ct) is not { } known || known.Due.UtcDateTime.Hour != options.Learning.NightlyHour)
        {
            await SetNextAsync(scheduler, ct);
        }
    }

    public async ValueTask HandleAsync(Reminder reminder, CancellationToken ct)
    {
        if (options.Learning.NightlyHour < 0)
        {
            return;
        }

        var scheduler = services.GetRequiredService<IScheduler>();
        string? cursor = null;
        do
        {
            var page = await directory.TenantsAsync(cursor, TenantsPerPage, ct);
            foreach (var tenant in page.Items)
            {
                if (queue.Add(tenant.Id, "nightly", onlyIfNew: true) is null)
                {
                    LogFull(tenant.Id.Value, options.Learning.RunsWaiting);
                }
            }

            scheduler.AtWork();
            cursor = page.Next;
        }
        while (cursor is not null);

        await SetNextAsync(scheduler, ct); // Last: cut off before, this night is queued again.
    }

    /// <summary>The next time the hour strikes.</summary>
    internal static DateTimeOffset NextAfter(DateTimeOffset now, int hour)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(hour);
        return today > now ? today : today.AddDays(1);
    }

    private ValueTask SetNextAsync(IScheduler scheduler, CancellationToken ct) =>
        scheduler.SetAsync(new(ReminderKind, ReminderName, NextAfter(time.GetUtcNow(), options.Learning.NightlyHour), default), ct);

    [LoggerMessage(EventId = 4124, Level = LogLevel.Warning, Message = "{Waiting} trainings wait; {Tenant} is passed over tonight")]
    private partial void LogFull(string tenant, int waiting);
}
