using Microsoft.EntityFrameworkCore;
using SmartService.ReadModels.Queries;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Postgres.Queries;

/// <summary>The same tables, in a schema of their own and with a column to search in.</summary>
internal sealed class PostgresReadModelContext(DbContextOptions<PostgresReadModelContext> options) : ReadModelContext(options)
{
    /// <summary>Question and answer, folded.</summary>
    public const string Search = "search";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("read_models");
        modelBuilder.Entity<QuestionEntry>().Property<string>(Search);
        base.OnModelCreating(modelBuilder);
    }
}
