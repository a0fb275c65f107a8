using Microsoft.Extensions.Hosting;
using SmartService.Postgres.Contract;
using SmartService.ReadModels.Postgres.Schema;

namespace SmartService.ReadModels.Postgres.Tests;

public sealed class MigrationTests() : MigrationContract(PostgresReadModelSchema.Migrations, 0x6D6F64656C73_01, "read_models.schema_version", "read_models.progress")
{
    protected override async Task StartAsync(string database)
    {
        await using var models = new PostgresFixture(database, new ShopJournal());
        foreach (var service in models.Get<IEnumerable<IHostedService>>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }
}
