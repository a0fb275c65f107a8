using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>The current index of every tenant in use.</summary>
/// <remarks>
/// The knowledge entity is the truth and is read at every question; its dictionary of items is immutable, so one comparison
/// of references tells whether the index is current. If not, a new one is built beside it and replaces it. Whoever asks
/// meanwhile waits for it a moment (small tenants see an edit at once) and then takes the former (large ones never pause).
/// </remarks>
internal sealed partial class KnowledgeIndexes(
    IKnowledge knowledge, IUnderstanding understanding, KnowledgeIndexBuilder builder, AssistanceOptions options, TimeProvider time, ILogger<KnowledgeIndexes> logger)
{
    private readonly ConcurrentDictionary<TenantId, Slot> _slots = new();

    public static EntityKey KeyOf(TenantId tenant) => new(tenant, "qna");

    public async ValueTask<KnowledgeView> ForAsync(TenantId tenant, CancellationToken ct)
    {
        var state = await knowledge.ReadAsync(KeyOf(tenant), ct);
        var slot = _slots.GetOrAdd(tenant, _ => new Slot());
        slot.UsedAt = time.GetTimestamp();
        var index = slot.Current;
        if (index is null || IsStale(slot, index, state))
        {
            index = await RenewAsync(tenant, slot, state, ct);
        }

        return KnowledgeView.Of(index, state);
    }

    /// <summary>Brings the tenant's index up to date if it is in use.</summary>
    public async ValueTask RefreshAsync(TenantId tenant, CancellationToken ct)
    {
        if (_slots.ContainsKey(tenant))
        {
            await ForAsync(tenant, ct);
        }
    }

    private bool IsStale(Slot slot, KnowledgeIndex index, KnowledgeState state) =>
        !index.IsOf(state.Items, understanding.ModelName)
        || (!index.IsEmbedded && time.GetElapsedTime(slot.BuiltAt) > options.RetryEmbeddingAfter);

    private async ValueTask<KnowledgeIndex> RenewAsync(TenantId tenant, Slot slot, KnowledgeState state, CancellationToken ct)
    {
        var building = Build(tenant, slot, state.Items);
        if (slot.Current is not { } former)
        {
            DropOldest();
            return await building.WaitAsync(ct);
        }

        try
        {
            return await building.WaitAsync(options.WaitForIndex, time, ct);
        }
        catch (TimeoutException)
        {
            return slot.Current ?? former;
        }
    }

    /// <summary>One build at a time per tenant; the last wish is built last.</summary>
    private Task<KnowledgeIndex> Build(TenantId tenant, Slot slot, ImmutableDictionary<string, Item> items)
    {
        lock (slot)
        {
            slot.Wanted = items;
            if (slot.Building is not { IsCompleted: false })
            {
                slot.Building = Task.Run(() => BuildAsync(tenant, slot));
            }

            return slot.Building;
        }
    }

    private async Task<KnowledgeIndex> BuildAsync(TenantId tenant, Slot slot)
    {
        while (true)
        {
            var wanted = slot.Wanted!;
            var index = await builder.BuildAsync(tenant, wanted, slot.Current, CancellationToken.None);
            slot.BuiltAt = time.GetTimestamp();
            slot.Current = index;
            LogBuilt(tenant.Value, index.Count);
            lock (slot)
            {
                if (ReferenceEquals(slot.Wanted, wanted))
                {
                    // Cleared under the lock: a later wish starts a build of its own.
                    slot.Building = null;
                    return index;
                }
            }
        }
    }

    private void DropOldest()
    {
        while (_slots.Count > options.MaxIndexedTenants)
        {
            var oldest = _slots.Where(pair => pair.Value.Current is not null).OrderBy(pair => pair.Value.UsedAt).Select(pair => pair.Key).FirstOrDefault();
            if (oldest.Value is null || !_slots.TryRemove(oldest, out _))
            {
                return;
            }
        }
    }

    [LoggerMessage(EventId = 4102, Level = LogLevel.Debug, Message = "Index of {Tenant} built: {Count} items")]
    private partial void LogBuilt(string tenant, int count);

    private sealed class Slot
    {
        private volatile KnowledgeIndex? _current;
        private volatile ImmutableDictionary<string, Item>? _wanted;

        public KnowledgeIndex? Current
        {
            get => _current;
            set => _current = value;
        }

        public ImmutableDictionary<string, Item>? Wanted
        {
            get => _wanted;
            set => _wanted = value;
        }

        public Task<KnowledgeIndex>? Building { get; set; }

        public long UsedAt { get; set; }

        public long BuiltAt { get; set; }
    }
}
