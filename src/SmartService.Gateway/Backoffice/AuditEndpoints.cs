using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Audit;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Staff;

namespace SmartService.Gateway.Backoffice;

/// <summary>The audit log's filters as they stand in an address.</summary>
internal sealed record AuditQuery
{
    public string? Actor { get; init; }

    public string? Action { get; init; }

    public string? Target { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Text { get; init; }

    /// <exception cref="ProblemException">A filter is out of range.</exception>
    public AuditFilter ToFilter()
    {
        var checks = new Checks();
        checks.OptionalText("text", Text, 200);
        checks.Must(Action is null || Action.All(c => char.IsAsciiLetterLower(c) || c is '.' or '_'), "action", "like policy.change, or its first part");
        checks.Must(From is null || To is null || From <= To, "to", "not before from");
        checks.ThrowIfAny();
        return new(Actor, Action, Target, From?.ToUniversalTime(), To?.ToUniversalTime(), Text);
    }
}

/// <summary>Who did what.</summary>
internal static class AuditEndpoints
{
    private static readonly string[] Columns =
        ["number", "at", "actorKind", "actor", "name", "action", "target", "summary", "address", "previous", "hash"];

    public static async Task<Results<Ok<AuditList>, Problem>> ListAsync(
        Caller caller, AuditLog log, [AsParameters] AuditQuery query, string? cursor, int? limit, CancellationToken ct)
    {
        long before = 0;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Problems.Invalid("The cursor was not made by this log.", new Fault("cursor", "take it from \"next\" of the page before"));
        }

        var most = Paging.Limit(limit);
        var records = await log.ListAsync(caller.Tenant.Value, query.ToFilter(), cursor is null ? null : before, most + 1, ct);
        return TypedResults.Ok(new AuditList(
            [.. records.Take(most).Select(ToView)], records.Count > most ? records[most - 1].Number.ToString(CultureInfo.InvariantCulture) : null));
    }

    public static async Task<Ok<AuditVerdictView>> VerifyAsync(Caller caller, AuditLog log, CancellationToken ct)
    {
        var verdict = await log.VerifyAsync(caller.Tenant.Value, ct);
        return TypedResults.Ok(new AuditVerdictView(verdict.IsValid, verdict.Records, verdict.Head, verdict.BrokenAt));
    }

    public static async Task CsvAsync(HttpContext context, Caller caller, AuditLog log, [AsParameters] AuditQuery query, CancellationToken ct)
    {
        var filter = query.ToFilter();
        await using var csv = await CsvAnswer.BeginAsync(context, "audit.csv", Columns, ct);
        var row = csv.Row;
        await foreach (var r in log.ExportAsync(caller.Tenant.Value, filter, ct))
        {
            row.Add(r.Number).Add(AuditRecord.Text(r.At)).Add(AuditRecord.Word(r.Actor.Kind)).Add(r.Actor.Id).Add(r.Actor.Name).Add(r.Action).Add(r.Target)
                .Add(r.Summary).Add(r.Address).Add(r.Previous).Add(r.Hash);
            await row.EndAsync(ct);
        }
    }

    public static async Task JsonLinesAsync(HttpContext context, Caller caller, AuditLog log, [AsParameters] AuditQuery query, CancellationToken ct)
    {
        var filter = query.ToFilter();
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=audit.jsonl";
        await foreach (var record in log.ExportAsync(caller.Tenant.Value, filter, ct))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, ToView(record), GatewayJson.Default.AuditView, ct);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), ct);
        }
    }

    private static AuditView ToView(AuditRecord r)
    {
        using var summary = r.Summary is null ? null : JsonDocument.Parse(r.Summary);
        return new(
            r.Number, r.At, new(r.Actor.Kind, r.Actor.Id, r.Actor.Name), r.Action, r.Target, summary?.RootElement.Clone(), r.Address, r.Previous, r.Hash);
    }
}
