using SmartService.Postgres;

namespace SmartService.Backoffice.Postgres.Schema;

/// <summary>The tables of members, audit log and outbox.</summary>
public static class MembersSchema
{
    /// <summary>Apart from the journal's tables: Identity's have names of their own.</summary>
    internal const string Name = "members";

    public static SchemaMigrations Migrations { get; } = new(typeof(MembersSchema).Assembly)
    {
        Part = "the members",
        Lock = 0x6D656D62657273, // "members" as bytes.
        Schema = Name,
    };
}
