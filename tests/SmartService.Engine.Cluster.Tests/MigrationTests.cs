using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartService.Backoffice.Postgres;
using SmartService.Backoffice.Postgres.Schema;
using SmartService.Engine.Cluster.Schema;
using SmartService.Postgres.Contract;

namespace SmartService.Engine.Cluster.Tests;

#pragma warning disable SA1402 // The suite, run over the journal and the members.
public sealed class JournalMigrationTests() : MigrationContract(JournalSchema.Migrations, 0x736D617274_01, "public.schema_version", "public.journal_head")
{
    protected override async Task StartAsync(string database)
    {
        await using var node = await ClusterUnderTest.StartAsync(database, new());
    }
}

public sealed class MembersMigrationTests() : MigrationContract(MembersSchema.Migrations, 0x6D656D62657273, "members.schema_version", "members.audit")
{
    protected override async Task StartAsync(string database)
    {
        await using var services = new ServiceCollection().AddPostgresMembers(database, "gateway-1").BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }
}
#pragma warning restore SA1402
