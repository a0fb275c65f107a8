using SmartService.Domain;
using SmartService.Engine;

namespace SmartService.Assistance.Learning;

/// <summary>Tenants' models on disk: one folder a tenant, one file a model, named by its hash.</summary>
internal sealed class TenantModelFiles(LearningOptions options)
{
    private const string Ending = ".model";

    /// <summary>Tenants that have files.</summary>
    public IEnumerable<TenantId> Tenants() => Directory.Exists(options.Folder)
        ? Directory.EnumerateDirectories(options.Folder).Select(folder => new TenantId(Path.GetFileName(folder)))
        : [];

    /// <summary>When this returns, the file is whole and on disk.</summary>
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

    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public async Task<byte[]> LoadAsync(TenantId tenant, string hash, CancellationToken ct) => await File.ReadAllBytesAsync(PathOf(tenant, hash), ct);

    /// <summary>Deletes the tenant's other models.</summary>
    public void KeepOnly(TenantId tenant, IReadOnlyCollection<string> hashes)
    {
        var folder = Path.Combine(options.Folder, tenant.Value);
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            if (!hashes.Contains(Path.GetFileNameWithoutExtension(file)))
            {
                File.Delete(file);
            }
        }
    }

    public void Forget(TenantId tenant)
    {
        var folder = Path.Combine(options.Folder, tenant.Value);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string PathOf(TenantId tenant, string hash) => Path.Combine(options.Folder, tenant.Value, hash + Ending);
}
