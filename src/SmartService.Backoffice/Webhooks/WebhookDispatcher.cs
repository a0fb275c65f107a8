using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Engine;

namespace SmartService.Backoffice.Webhooks;

/// <summary>Opens what a webhook's deliveries are signed with. For any number of callers at once.</summary>
public interface IWebhookSecrets
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">It was not made with this installation's key.</exception>
    byte[] Open(TenantId tenant, Webhook hook);
}

/// <summary>Sends what waits in the outbox, again with growing pauses until it is taken or given up. At least once: the id stays the same.</summary>
internal sealed partial class WebhookDispatcher(
    WebhookOutbox outbox, WebhookSender sender, ITenants tenants, IOptions<ConsoleOptions> options, TimeProvider clock, ILogger<WebhookDispatcher> log)
    : BackgroundService
{
    private const int Batch = 32;
    private const int AtOnce = 8;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>What was due before the server started waits for it to be up, unless something new comes: the outbox costs a start most of a second.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);

    /// <summary>What a claim lasts longer than all its tries can take.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(1);

    /// <summary>Pauses after a failed try, in multiples of the first: 10 s, 1, 5, 30 min, 2, 6, 12 h.</summary>
    private static readonly int[] Pauses = [1, 6, 30, 180, 720, 2_160, 4_320];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await outbox.WaitAsync(FirstLook, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = clock.GetUtcNow();
                var due = await outbox.ClaimAsync(now, now + (options.Value.WebhookTimeout * (Batch / AtOnce)) + Spare, Batch, stoppingToken);
                if (due.Count == 0)
                {
                    await outbox.WaitAsync(await RestAsync(stoppingToken), stoppingToken);
                    continue;
                }

                await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, DeliverAsync);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is: a background service that ends takes the whole server with it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Stood(e);
                await Task.Delay(LongestWait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        var tenant = new TenantId(delivery.Tenant);
        var hook = (await tenants.ReadAsync(new(tenant, tenant.Value), ct)).Webhooks.FirstOrDefault(h => h.Id == delivery.Webhook);
        if (hook is not { Enabled: true })
        {
            await outbox.NoteAsync(delivery.Id, DeliveryState.Failed, delivery.Attempts, null, hook is null ? "The webhook was removed." : "The webhook is off.", null, ct);
            return;
        }

        var result = await sender.SendAsync(tenant, hook, delivery.Id, delivery.Body, ct);
        var attempts = delivery.Attempts + 1;
        var (state, next) = result.Delivered ? (DeliveryState.Delivered, (DateTimeOffset?)null)
            : attempts > Pauses.Length ? (DeliveryState.Failed, null)
            : (DeliveryState.Waiting, clock.GetUtcNow() + (options.Value.WebhookFirstPause * Pauses[attempts - 1]));

        // Noted also while the server stops: what was taken must not be sent again.
        await outbox.NoteAsync(delivery.Id, state, attempts, result.Status, result.Error, next, CancellationToken.None);
        if (state == DeliveryState.Failed)
        {
            GaveUp(delivery.Tenant, delivery.Webhook, delivery.Id, result.Status, result.Error);
        }
    }

    private async Task<TimeSpan> RestAsync(CancellationToken ct)
    {
        var wait = await outbox.NextDueAsync(ct) is { } next ? next - clock.GetUtcNow() : LongestWait;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }

    [LoggerMessage(6021, LogLevel.Warning, "Delivery {Delivery} of webhook {Webhook} of {Tenant} was given up: {Status} {Error}")]
    private partial void GaveUp(string tenant, string webhook, string delivery, int? status, string? error);

    [LoggerMessage(6022, LogLevel.Error, "Webhooks could not be read, sent or noted; tried again in half a minute")]
    private partial void Stood(Exception e);
}
