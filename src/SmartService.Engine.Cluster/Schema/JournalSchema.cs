using SmartService.Postgres;

namespace SmartService.Engine.Cluster.Schema;

/// <summary>The journal's tables, and those that Orleans asks for.</summary>
public static class JournalSchema
{
    /// <summary>They lie where the connection string leads.</summary>
    public static SchemaMigrations Migrations { get; } = new(typeof(JournalSchema).Assembly)
    {
        Part = "the journal",
        Lock = 0x736D617274_01, // "smart" as bytes, and 1.
    };
}
