using Microsoft.Extensions.DependencyInjection;
using SmartService.Backoffice.Members;
using SmartService.Backoffice.Postgres.Schema;
using SmartService.Postgres;

namespace SmartService.Backoffice.Postgres;

public static class PostgresMembersServices
{
    /// <summary>Members in PostgreSQL instead of a file. Before <see cref="BackofficeServices.AddBackoffice"/>, which then makes none of its own.</summary>
    public static IServiceCollection AddPostgresMembers(this IServiceCollection services, string connectionString, string node)
    {
        services.AddSingleton(_ => new PostgresMembers(connectionString, node));
        services.AddSingleton<MembersDatabase>(p => p.GetRequiredService<PostgresMembers>());
        return services.AddSchemaCheck(MembersSchema.Migrations, p => p.GetRequiredService<PostgresMembers>().Connections);
    }
}
