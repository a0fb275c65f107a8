using SmartService.Domain.Conversations;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Engine.Scheduling;

namespace SmartService.Gateway.Backoffice;

/// <summary>Every night forgets conversations that have been silent for longer than their store keeps them.</summary>
/// <remarks>The scheduler holds its handlers, so it is asked for when needed.</remarks>
internal sealed partial class Retention(
    IServiceProvider services, IDirectory directory, IInsights insights, ITenants tenants, IConversations conversations, IJournalErasure eraser, TimeProvider clock,
    ILogger<Retention> log) : IReminderHandler
{
    public const string ReminderKind = "retention-nightly";
    public const string ReminderName = "all";
    private const int Hour = 2;
    private const int PageSize = 200;

    /// <summary>Most of one store in one night: the rest waits for the next.</summary>
    private const int MostPerNight = 20_000;

    public string Kind => ReminderKind;

    public async ValueTask ArmAsync(CancellationToken ct)
    {
        var scheduler = services.GetRequiredService<IScheduler>();
        if (await scheduler.FindAsync(ReminderKind, ReminderName, ct) is null)
        {
            await SetNextAsync(scheduler, ct);
        }
    }

    public async ValueTask HandleAsync(Reminder reminder, CancellationToken ct)
    {
        var scheduler = services.GetRequiredService<IScheduler>();
        string? cursor = null;
        do
        {
            var page = await directory.TenantsAsync(cursor, PageSize, ct);
            foreach (var tenant in page.Items)
            {
                if ((await tenants.ReadAsync(Entity.Tenant(tenant.Id), ct)).Policy.RetentionDays is { } days)
                {
                    var forgotten = await ForgetAsync(scheduler, tenant.Id, clock.GetUtcNow() - TimeSpan.FromDays(days), ct);
                    Forgot(tenant.Id.Value, forgotten, days);
                }

                scheduler.AtWork();
            }

            cursor = page.Next;
        }
        while (cursor is not null);

        await SetNextAsync(scheduler, ct); // Last: cut off before, this night is done again.
    }

    /// <summary>Erased first, overwritten after: cut off in between, the journal is overwritten the next time the person is forgotten.</summary>
    private async Task<int> ForgetAsync(IScheduler scheduler, Domain.TenantId tenant, DateTimeOffset before, CancellationToken ct)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (done.Count < MostPerNight)
        {
            var silent = await insights.SilentSinceAsync(tenant, before, PageSize + Math.Min(done.Count, PageSize), ct);
            var next = silent.Where(c => done.Add(c.Value)).ToList();
            if (next.Count == 0)
            {
                break; // What the lists still name was forgotten just now; they follow in a moment.
            }

            foreach (var conversation in next)
            {
                var key = Entity.Conversation(tenant, conversation);
                await conversations.HandleAsync(key, new ConversationCommand.Erase(clock.GetUtcNow()), ct);
                await eraser.ScrubAsync("conversation", key, ct);
                scheduler.AtWork();
            }
        }

        return done.Count;
    }

    private ValueTask SetNextAsync(IScheduler scheduler, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(Hour);
        return scheduler.SetAsync(new(ReminderKind, ReminderName, today > now ? today : today.AddDays(1), default), ct);
    }

    [LoggerMessage(6031, LogLevel.Information, "{Count} conversations of {Tenant}, silent for over {Days} days, were forgotten")]
    private partial void Forgot(string tenant, int count, int days);
}

/// <summary>Sets the first night's reminder.</summary>
internal sealed class RetentionStart(Retention retention) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => retention.ArmAsync(stoppingToken).AsTask();
}
