using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

/// <summary>Knowledge as files.</summary>
internal static class KnowledgeFileEndpoints
{
    public static async Task<Results<Ok<ImportAnswer>, Problem>> ImportAsync(
        HttpContext context, Caller caller, IKnowledgeFiles files, string? format, bool? dryRun, CancellationToken ct)
    {
        var chosen = Format(format);
        var result = await files.ImportAsync(caller.Tenant, context.Request.Body, chosen, caller.Author, dryRun ?? false, ct);
        if (result.Faults.Count > 0)
        {
            return Problems.Invalid(
                $"{result.Faults.Count} faults; \"errors\" names the lines. Nothing was written.",
                [.. result.Faults.Select(f => new Fault(f.Field, f.Message, f.Line))]);
        }

        return result.Refusal is { } refusal
            ? Refusals.ToProblem(refusal)
            : TypedResults.Ok(new ImportAnswer(result.Items, result.Changed, dryRun ?? false));
    }

    public static async Task ExportAsync(HttpContext context, Caller caller, IKnowledgeFiles files, string? format, CancellationToken ct)
    {
        var chosen = Format(format ?? "json");
        var (type, name) = chosen switch
        {
            KnowledgeFormat.Csv => ("text/csv; charset=utf-8", "knowledge.csv"),
            KnowledgeFormat.JsonLines => ("application/x-ndjson; charset=utf-8", "knowledge.jsonl"),
            _ => ("application/json; charset=utf-8", "knowledge.json"),
        };
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        await files.ExportAsync(caller.Tenant, context.Response.Body, chosen, ct);
    }

    private static KnowledgeFormat Format(string? format) => format switch
    {
        "csv" => KnowledgeFormat.Csv,
        "json" => KnowledgeFormat.Json,
        "jsonl" => KnowledgeFormat.JsonLines,
        _ => throw new ProblemException(Problems.Invalid("format is needed.", new Fault("format", "csv, json or jsonl"))),
    };
}
