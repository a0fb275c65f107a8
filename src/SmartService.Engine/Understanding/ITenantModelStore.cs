using SmartService.Domain;

namespace SmartService.Engine.Understanding;

/// <summary>Where tenants' own models lie, named by their hashes. The journal says which one is live.</summary>
public interface ITenantModelStore
{
    /// <summary>Tenants that have models.</summary>
    ValueTask<IReadOnlyCollection<TenantId>> TenantsAsync(CancellationToken ct);

    /// <summary>When this returns, the model is whole and on disk. Twice is once.</summary>
    /// <exception cref="IOException">It could not be stored.</exception>
    Task SaveAsync(TenantId tenant, string hash, ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <exception cref="IOException">There is no such model, or it cannot be read.</exception>
    Task<byte[]> LoadAsync(TenantId tenant, string hash, CancellationToken ct);

    /// <summary>Deletes the tenant's other models; one just saved by another process may stay until the next time.</summary>
    /// <exception cref="IOException">They could not be deleted.</exception>
    Task KeepOnlyAsync(TenantId tenant, IReadOnlyCollection<string> hashes, CancellationToken ct);

    /// <summary>Deletes all of them.</summary>
    /// <exception cref="IOException">They could not be deleted.</exception>
    Task ForgetAsync(TenantId tenant, CancellationToken ct);
}
