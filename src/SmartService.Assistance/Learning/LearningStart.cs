using Microsoft.Extensions.Hosting;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

/// <summary>Brings tenants' own models into use before the first request, and arms the night.</summary>
internal sealed class LearningStart(ILearnings learnings, IDirectory directory, ITenantModelStore store, LiveModels live, NightlyTraining nightly, TrainingQueue queue)
    : IHostedService
{
    private const int TenantsPerPage = 200;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await nightly.ArmAsync(cancellationToken);
    }

    /// <summary>By stored models and by the list of tenants: a model that is gone is missed, not overlooked.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var tenants = (await store.TenantsAsync(ct)).ToHashSet();
        string? cursor = null;
        do
        {
            var page = await directory.TenantsAsync(cursor, TenantsPerPage, ct);
            tenants.UnionWith(page.Items.Select(tenant => tenant.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        foreach (var tenant in tenants)
        {
            if ((await learnings.ReadAsync(LearningDesk.KeyOf(tenant), ct)).Live is { } hash)
            {
                await live.UseAsync(tenant, hash, ct);
            }
        }
    }

    /// <summary>Before the engine closes: a training that ends later would have nowhere to write.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => queue.StopAsync().WaitAsync(cancellationToken);
}
