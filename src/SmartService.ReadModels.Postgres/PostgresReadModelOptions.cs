namespace SmartService.ReadModels.Postgres;

/// <summary>Where the read models of a cluster lie.</summary>
public sealed class PostgresReadModelOptions
{
    /// <summary>Connection string of the cluster's database; the migrate verb must have run. No default.</summary>
    public string Database { get; set; } = "";

    /// <summary>Connections for lists and search. Default 20.</summary>
    public int MostConnections { get; set; } = 20;

    /// <summary>Events read at once when catching up or rebuilding. Default 4,000.</summary>
    public int CatchUpBatch { get; set; } = 4_000;
}
