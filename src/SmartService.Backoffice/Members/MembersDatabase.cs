using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace SmartService.Backoffice.Members;

/// <summary>
/// Where members, audit log and outbox are kept: the one place that knows which database it is. A file beside the data by default; processes that
/// share their members bring another. Statements are written so that both take them: names that EF made stand in quotes, parameters begin with '@'.
/// </summary>
public abstract class MembersDatabase
{
    /// <summary>Whether other processes write to it as well.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Leads EF to it. The tables are there when this returns.</summary>
    public abstract void Configure(DbContextOptionsBuilder context);

    /// <summary>An open connection whose commits are on the disk when they return. The tables are there.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    /// <summary>A transaction in which nobody else, in any process, is between here and its end for the same purpose.</summary>
    /// <param name="purpose">"audit:northpeak"</param>
    public abstract Task<DbTransaction> BeginAloneAsync(DbConnection connection, string purpose, CancellationToken ct);

    /// <summary>The same for EF's own transaction, once it has begun.</summary>
    public abstract Task HoldAloneAsync(MembersContext context, string purpose, CancellationToken ct);

    /// <summary>A text, typed also when it is null: PostgreSQL asks.</summary>
    internal static void Add(DbCommand command, string name, string? value) => Add(command, name, DbType.String, value);

    internal static void Add(DbCommand command, string name, long? value) => Add(command, name, DbType.Int64, value);

    private static void Add(DbCommand command, string name, DbType type, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }
}
