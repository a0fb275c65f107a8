using Npgsql;
using NpgsqlTypes;
using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Engine.Cluster.Learning;

/// <summary>Tenants' own models beside the journal: whichever gateway trained one, all have it.</summary>
internal sealed class PostgresTenantModels(NpgsqlDataSource database) : ITenantModelStore
{
    public async ValueTask<IReadOnlyCollection<TenantId>> TenantsAsync(CancellationToken ct)
    {
        var tenants = new List<TenantId>();
        await TryAsync("be listed", async () =>
        {
            await using var command = database.CreateCommand("SELECT DISTINCT tenant FROM tenant_model");
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                tenants.Add(new(reader.GetString(0)));
            }
        });
        return tenants;
    }

    public Task SaveAsync(TenantId tenant, string hash, ReadOnlyMemory<byte> content, CancellationToken ct) => TryAsync("be stored", async () =>
    {
        await using var command = database.CreateCommand("""
            INSERT INTO tenant_model (tenant, hash, content, saved_at) VALUES ($1, $2, $3, now())
            ON CONFLICT (tenant, hash) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at
            """);
        Add(command, tenant, hash);
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = content, NpgsqlDbType = NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(ct);
    });

    public async Task<byte[]> LoadAsync(TenantId tenant, string hash, CancellationToken ct)
    {
        byte[]? content = null;
        await TryAsync("be read", async () =>
        {
            await using var command = database.CreateCommand("SELECT content FROM tenant_model WHERE tenant = $1 AND hash = $2");
            Add(command, tenant, hash);
            content = await command.ExecuteScalarAsync(ct) as byte[];
        });
        return content ?? throw new FileNotFoundException($"The database has no model {hash} of {tenant}.");
    }

    /// <remarks>One that another gateway has just saved is not live yet, and stays: it is too young.</remarks>
    public Task KeepOnlyAsync(TenantId tenant, IReadOnlyCollection<string> hashes, CancellationToken ct) => TryAsync("be deleted", async () =>
    {
        await using var command = database.CreateCommand(
            "DELETE FROM tenant_model WHERE tenant = $1 AND hash <> ALL ($2) AND saved_at < now() - interval '1 hour'");
        command.Parameters.Add(new() { Value = tenant.Value });
        command.Parameters.Add(new() { Value = hashes.ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    });

    public Task ForgetAsync(TenantId tenant, CancellationToken ct) => TryAsync("be deleted", async () =>
    {
        await using var command = database.CreateCommand("DELETE FROM tenant_model WHERE tenant = $1");
        command.Parameters.Add(new() { Value = tenant.Value });
        await command.ExecuteNonQueryAsync(ct);
    });

    private static void Add(NpgsqlCommand command, TenantId tenant, string hash)
    {
        command.Parameters.Add(new() { Value = tenant.Value });
        command.Parameters.Add(new() { Value = hash });
    }

    private static async Task TryAsync(string what, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"A tenant's model could not {what}: {e.Message}", e);
        }
    }
}
