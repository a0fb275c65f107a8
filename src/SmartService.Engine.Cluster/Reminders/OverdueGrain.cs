using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace SmartService.Engine.Cluster.Reminders;

/// <summary>The clock of <see cref="OverdueReminders"/>: Orleans sees to it that one silo looks, whichever of them live.</summary>
[KeepAlive] // The figures of the last look are on its silo.
[GrainType("overdue")]
internal sealed class OverdueGrain(IServiceProvider services) : Grain, IOverdueGrain
{
    private const string Look = "look";

    /// <summary>Orleans' shortest.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private readonly OverdueReminders _overdue = services.GetRequiredService<OverdueReminders>();

    /// <summary>Every silo that starts calls it: setting the reminder anew would move its next time on.</summary>
    public async Task WatchAsync()
    {
        if (await this.GetReminder(Look) is null)
        {
            await this.RegisterOrUpdateReminder(Look, Every, Every);
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => _overdue.LookAsync(CancellationToken.None);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _overdue.Forget(); // Another silo looks from now on.
        return Task.CompletedTask;
    }
}
