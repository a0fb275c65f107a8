using SmartService.Postgres;

namespace SmartService.ReadModels.Postgres.Schema;

/// <summary>The read models' tables.</summary>
public static class PostgresReadModelSchema
{
    /// <remarks>A script that changes what projections write also empties the tables: the node that projects fills them anew from the journal.</remarks>
    public static SchemaMigrations Migrations { get; } = new(typeof(PostgresReadModelSchema).Assembly)
    {
        Part = "the read models",
        Lock = 0x6D6F64656C73_01, // "models" as bytes, and 1.
        Schema = "read_models",
    };
}
