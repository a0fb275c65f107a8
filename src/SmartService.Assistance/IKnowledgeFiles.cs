using SmartService.Domain;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance;

public enum KnowledgeFormat
{
    Csv, Json, JsonLines,
}

/// <summary>Imports and exports a tenant's Q&amp;A.</summary>
public interface IKnowledgeFiles
{
    /// <summary>All or nothing: with one faulty line nothing is written and every fault is reported.</summary>
    /// <param name="file">UTF-8, with or without byte order mark; at most 20 MB and 50,000 items.</param>
    ValueTask<ImportResult> ImportAsync(TenantId tenant, Stream file, KnowledgeFormat format, string author, bool dryRun, CancellationToken ct);

    /// <summary>Live items in the same shape that import reads.</summary>
    ValueTask ExportAsync(TenantId tenant, Stream target, KnowledgeFormat format, CancellationToken ct);
}

/// <param name="Faults">At most 1,000, in line order.</param>
public sealed record ImportResult(int Items, int Changed, IReadOnlyList<ImportFault> Faults, KnowledgeRefusal? Refusal);

/// <param name="Line">From 1; in JSON the line on which the item starts.</param>
public sealed record ImportFault(int Line, string Field, string Message);
