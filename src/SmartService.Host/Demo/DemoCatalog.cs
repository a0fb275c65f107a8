using System.Collections.Concurrent;
using SmartService.Domain;

namespace SmartService.Host.Demo;

/// <summary>The demo stores and which of them are open.</summary>
internal sealed class DemoCatalog(IReadOnlyList<DemoStore> stores)
{
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);

    public IReadOnlyList<DemoStore> Stores { get; } = stores;

    public DemoStore? Find(string tenant) => Stores.FirstOrDefault(s => s.Tenant.Value == tenant);

    public bool IsOpen(TenantId tenant) => _open.ContainsKey(tenant.Value);

    public void Open(TenantId tenant) => _open[tenant.Value] = true;
}

/// <summary>Where the demo keeps its keys.</summary>
internal sealed record DemoOptions(string DataDirectory);
