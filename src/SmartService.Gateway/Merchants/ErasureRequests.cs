using SmartService.Domain;
using SmartService.Engine.Scheduling;

namespace SmartService.Gateway.Merchants;

/// <summary>
/// What was begun is finished: an erasure is written down as a reminder before its first step and crossed out after its
/// last. One that was cut off, by a crash or because something was reading the journal, is done again by
/// <see cref="UnfinishedErasures"/>.
/// </summary>
internal sealed class ErasureRequests(Erasure erasure, IScheduler scheduler, TimeProvider clock)
{
    public const string Kind = "erase-customer";

    /// <summary>Longer than an erasure takes as a rule: two at once would do no harm, but the same work.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public async ValueTask<ErasedAnswer> EraseAsync(TenantId tenant, CustomerId customer, CancellationToken ct)
    {
        var name = Entity.Customer(tenant, customer).ToString();
        await scheduler.SetAsync(new(Kind, name, clock.GetUtcNow() + Pause, default), ct);
        var answer = await erasure.EraseAsync(tenant, customer, ct);
        await scheduler.CancelAsync(Kind, name, ct);
        return answer;
    }
}
