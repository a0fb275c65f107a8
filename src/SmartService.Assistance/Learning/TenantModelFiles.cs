using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

/// <summary>Tenants' models on disk: one folder a tenant, one file a model, named by its hash.</summary>
internal sealed class TenantModelFiles(LearningOptions options) : ITenantModelStore
{
    private const string Ending = ".model";

    public ValueTask<IReadOnlyCollection<TenantId>> TenantsAsync(CancellationToken ct) => new(Directory.Exists(options.Folder)
        ? [.. Directory.EnumerateDirectories(options.Folder).Select(folder => new TenantId(Path.GetFileName(folder)))]
        : []);

    public async Task SaveAsync(TenantId tenant, string hash, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var path = PathOf(tenant, hash);
        FlushedFolder.Create(Path.GetFullPath(Path.GetDirectoryName(path)!));
        var part = path + ".part";
        await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(content, ct);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
        FlushedFolder.Flush(Path.GetDirectoryName(path)!); // The journal will name it: it must be there after a power loss too.
    }

    public async Task<byte[]> LoadAsync(TenantId tenant, string hash, CancellationToken ct) => await File.ReadAllBytesAsync(PathOf(tenant, hash), ct);

    public Task KeepOnlyAsync(TenantId tenant, IReadOnlyCollection<string> hashes, CancellationToken ct)
    {
        var folder = Path.Combine(options.Folder, tenant.Value);
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            if (!hashes.Contains(Path.GetFileNameWithoutExtension(file)))
            {
                File.Delete(file);
            }
        }

        return Task.CompletedTask;
    }

    public Task ForgetAsync(TenantId tenant, CancellationToken ct)
    {
        var folder = Path.Combine(options.Folder, tenant.Value);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    private string PathOf(TenantId tenant, string hash) => Path.Combine(options.Folder, tenant.Value, hash + Ending);
}
