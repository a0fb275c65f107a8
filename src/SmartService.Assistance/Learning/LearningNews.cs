using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

/// <summary>Brings into use here what another process of the cluster made live, or took back.</summary>
internal sealed class LearningNews(ILearnings learnings, ITenantModels models, LiveModels live, TenantTraining training, TimeProvider time) : BackgroundService, IEntityWatcher
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<TenantId, bool> _changed = new();
    private readonly SemaphoreSlim _news = new(0);

    public string Region => Regions.Learnings.Name;

    public void Changed(EntityKey key)
    {
        if (_changed.TryAdd(key.Tenant, true))
        {
            _news.Release();
        }
    }

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _news.WaitAsync(stoppingToken);
            var again = new List<TenantId>();
            foreach (var tenant in _changed.Keys)
            {
                _changed.TryRemove(tenant, out _); // Before it is read: what changes from now on is news again.
                if (!await BringAsync(tenant, stoppingToken))
                {
                    again.Add(tenant);
                }
            }

            if (again.Count > 0)
            {
                await Task.Delay(TryAgainAfter, time, stoppingToken);
                again.ForEach(tenant => Changed(LearningDesk.KeyOf(tenant)));
            }
        }
    }

    /// <summary>False when it must be tried again.</summary>
    private async Task<bool> BringAsync(TenantId tenant, CancellationToken ct)
    {
        await training.Swap.WaitAsync(ct);
        try
        {
            var hash = (await learnings.ReadRecentAsync(LearningDesk.KeyOf(tenant), ct)).Live;
            return models.LiveOf(tenant)?.Hash == hash || await live.UseAsync(tenant, hash, ct);
        }
        catch (Exception e) when (e is EngineBusyException or JournalException or EntityQuarantinedException)
        {
            return false;
        }
        finally
        {
            training.Swap.Release();
        }
    }
}
