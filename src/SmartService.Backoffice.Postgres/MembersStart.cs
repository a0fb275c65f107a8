using Microsoft.Extensions.Hosting;
using Npgsql;
using SmartService.Engine;

namespace SmartService.Backoffice.Postgres;

/// <summary>Ends a start whose database was not migrated, with the remedy.</summary>
internal sealed class MembersStart(PostgresMembers members) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await members.CheckAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new JournalException($"PostgreSQL cannot be used: {e.Message}", outcomeKnown: true, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
