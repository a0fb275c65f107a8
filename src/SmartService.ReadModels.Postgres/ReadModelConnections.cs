using Npgsql;

namespace SmartService.ReadModels.Postgres;

/// <summary>Connections of the read models: many to read, one to write.</summary>
internal sealed class ReadModelConnections : IAsyncDisposable, IDisposable
{
    public ReadModelConnections(PostgresReadModelOptions options)
    {
        Reading = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.Database)
        {
            MaxPoolSize = options.MostConnections,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 15,
            Timeout = 5,
            ApplicationName = "smartservice-read-models",
        }.ConnectionString);
        Writing = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.Database)
        {
            MaxPoolSize = 2,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 60,
            Timeout = 5,
            ApplicationName = "smartservice-projections",

            // After a crash of the server the last batches may be missing, with their position, never torn: they are read from the journal again.
            Options = "-c synchronous_commit=off",
        }.ConnectionString);
    }

    public NpgsqlDataSource Reading { get; }

    public NpgsqlDataSource Writing { get; }

    public void Dispose()
    {
        Reading.Dispose();
        Writing.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Reading.DisposeAsync();
        await Writing.DisposeAsync();
    }
}
