using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Backoffice.Access;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Peak;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Limits;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Peak;

/// <summary>The ladder for those who look after it: seen, held by hand, rehearsed.</summary>
internal static class PeakEndpoints
{
    private const int MostStores = 50;
    private const int LongestRehearsalSeconds = PeakSwitchState.LongestRehearsalSeconds;
    private const string Auto = "auto";

    public static void MapPeak(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/v1/peak").RequireAuthorization(Policies.Admin).WithMetadata(new BodyLimit(BodySize.Normal)).WithTags("Administration");
        admin.MapGet("", Read).WithSummary("The ladder, its measurements, and the busiest stores");
        admin.MapPut("", ChangeAsync).WithSummary("Holds a rung, or lets the ladder move by itself");
        admin.MapPost("/rehearsals", RehearseAsync).WithSummary("Practises a rung for a bounded time");
        admin.MapDelete("/rehearsals", EndRehearsalsAsync).WithSummary("Ends all rehearsals");
        routes.MapGet("/v1/peak/store", ReadStore).RequireAuthorization(Policies.Staff).Needs(Permission.FiguresRead).WithTags("Figures").WithSummary("This store's rung, why, and its line");
        var own = routes.MapGroup("/v1/peak/store/rehearsals").RequireAuthorization(Policies.Secret).Needs(Permission.StoreWrite).WithMetadata(new BodyLimit(BodySize.Normal)).WithTags("Store");
        own.MapPost("", RehearseStoreAsync).Audited("peak.rehearse").WithSummary("Practises a rung with this store's shoppers for a bounded time");
        own.MapDelete("", EndStoreRehearsalAsync).Audited("peak.rehearse.end").WithSummary("Ends this store's rehearsal");
    }

    internal static Ok<PeakAnswer> Read(PeakControl control, AdmissionGate gate, TenantLines lines) => TypedResults.Ok(ToView(control, gate, lines));

    internal static Ok<PeakStoreView> ReadStore(Caller caller, PeakControl control, AdmissionGate gate, TenantLines lines) =>
        TypedResults.Ok(OwnView(caller.Tenant, control, gate, lines));

    /// <summary>A store may practise with its own shoppers, and with nobody else's.</summary>
    internal static async Task<Results<Ok<PeakStoreView>, Problem>> RehearseStoreAsync(
        HttpContext context, Caller caller, Body<RehearsalRequest> body, PeakSwitch peak, PeakControl control, AdmissionGate gate, TenantLines lines, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        checks.Must(r.Tenant is null || r.Tenant == caller.Tenant.Value, "tenant", "this store, or nothing");
        var rehearsal = ToRehearsal(checks, r, clock);
        if (await peak.SetAsync(new PeakSwitchCommand.Rehearse(caller.Tenant, rehearsal, clock.GetUtcNow()), ct) is { } refused)
        {
            return refused;
        }

        AuditNote.Of(context).With("rung", Words.ToWord(rehearsal.Rung)).With("seconds", r.Seconds);
        return TypedResults.Ok(OwnView(caller.Tenant, control, gate, lines));
    }

    internal static async Task<Results<Ok<PeakStoreView>, Problem>> EndStoreRehearsalAsync(
        Caller caller, PeakSwitch peak, PeakControl control, AdmissionGate gate, TenantLines lines, TimeProvider clock, CancellationToken ct) =>
        await peak.SetAsync(new PeakSwitchCommand.EndRehearsal(caller.Tenant, clock.GetUtcNow()), ct) is { } refused
            ? refused
            : TypedResults.Ok(OwnView(caller.Tenant, control, gate, lines));

    internal static Task<Results<Ok<PeakAnswer>, Problem>> ChangeAsync(
        Body<PeakChange> body, PeakSwitch peak, PeakControl control, AdmissionGate gate, TenantLines lines, TimeProvider clock, CancellationToken ct)
    {
        var (rung, now) = (body.Value.Rung, clock.GetUtcNow());
        return SetAsync(
            rung == Auto ? new PeakSwitchCommand.LetGo(now) : new PeakSwitchCommand.Hold(RungIn(rung, $"{Auto}, {Words.All<PeakRung>()}"), now), peak, control, gate, lines, ct);
    }

    internal static Task<Results<Ok<PeakAnswer>, Problem>> RehearseAsync(
        Body<RehearsalRequest> body, PeakSwitch peak, PeakControl control, AdmissionGate gate, TenantLines lines, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        checks.Must(r.Tenant is null || Identifiers.IsTenant(r.Tenant), "tenant", "the id of a store, or nothing for all");
        var rehearsal = ToRehearsal(checks, r, clock);
        return SetAsync(new PeakSwitchCommand.Rehearse(r.Tenant is null ? null : new TenantId(r.Tenant), rehearsal, clock.GetUtcNow()), peak, control, gate, lines, ct);
    }

    internal static Task<Results<Ok<PeakAnswer>, Problem>> EndRehearsalsAsync(
        PeakSwitch peak, PeakControl control, AdmissionGate gate, TenantLines lines, TimeProvider clock, CancellationToken ct) =>
        SetAsync(new PeakSwitchCommand.EndRehearsal(null, clock.GetUtcNow()), peak, control, gate, lines, ct);

    /// <summary>A question that waited is left for a person. Costs no reading, so it is taken on every rung.</summary>
    internal static async Task<Results<JsonOk<MessageAnswer>, Problem>> LeaveAsync(
        string conversation, Caller caller, Body<CallBackRequest> body, IAssistant assistant, TenantDirectory tenants, RateLimits limits, CancellationToken ct)
    {
        var request = body.Value;
        var checks = new Checks();
        checks.ClientId("id", conversation);
        checks.ClientId("operationId", request.OperationId);
        checks.ClientId("clientId", request.ClientId);
        checks.Text("text", request.Text, ConversationState.MaxTextLength);
        checks.OptionalText("contact", request.Contact, ConversationState.MaxContactLength);
        checks.ThrowIfAny();
        var tenant = await tenants.ReadAsync(caller.Tenant, ct);
        if (limits.ForMessage(caller, tenant.Policy) is { } limited)
        {
            return limited;
        }

        var locale = Locales.Choose(request.Locale, tenant.Profile!.Locale);
        return ConversationEndpoints.ToAnswer(await assistant.LeaveAsync(
            caller.Tenant, caller.Customer, new(conversation), request.OperationId!, request.ClientId!, request.Text!, request.Contact, locale, ct), null);
    }

    private static async Task<Results<Ok<PeakAnswer>, Problem>> SetAsync(
        PeakSwitchCommand command, PeakSwitch peak, PeakControl control, AdmissionGate gate, TenantLines lines, CancellationToken ct) =>
        await peak.SetAsync(command, ct) is { } refused ? refused : TypedResults.Ok(ToView(control, gate, lines));

    private static PeakRehearsal ToRehearsal(Checks checks, RehearsalRequest r, TimeProvider clock)
    {
        checks.Must(r.Seconds is >= 1 and <= LongestRehearsalSeconds, "seconds", $"1 to {LongestRehearsalSeconds:N0}");
        checks.Range("perSecond", r.PerSecond, PeakSwitchState.LeastPerSecond, PeakSwitchState.MostPerSecond);
        checks.ThrowIfAny();
        return new(RungIn(r.Rung, Words.All<PeakRung>()), r.PerSecond ?? 1, clock.GetUtcNow().AddSeconds(r.Seconds!.Value));
    }

    private static PeakRung RungIn(string? word, string allowed)
    {
        var checks = new Checks();
        PeakRung rung = default;
        checks.Must(word is not null && Words.TryRead(word, out rung), "rung", allowed);
        checks.ThrowIfAny();
        return rung;
    }

    private static PeakAnswer ToView(PeakControl control, AdmissionGate gate, TenantLines lines)
    {
        var (measured, ladder, everywhere) = (control.Measured, control.Ladder, lines.Unknown.Rehearsal);
        var figures = new PeakFigures(
            Math.Round(ladder.Pressure, 3), Math.Round(measured.QueueAge.TotalMilliseconds, 1), Math.Round(measured.FlushTime.TotalMilliseconds, 1), Math.Round(measured.Cpu, 3),
            Math.Round(measured.WorkPerSecond, 1), Math.Round(gate.TotalRate, 1), gate.InFlight, gate.Limit, gate.Held, gate.Tickets);
        var stores = lines.All.Where(l => l.Tenant.Value.Length > 0).OrderByDescending(l => l.Demand).Take(MostStores).Select(l => ToView(l, gate));
        IEnumerable<RehearsalView> all = everywhere is null ? [] : [new(everywhere.Rung, null, everywhere.PerSecond, everywhere.Until)];
        var own = lines.All.Where(l => l.Rehearsal is { } r && r != everywhere).Select(l => new RehearsalView(l.Rehearsal!.Rung, l.Tenant.Value, l.Rehearsal.PerSecond, l.Rehearsal.Until));
        return new(control.Rung, control.Set.Held is not null, figures, [.. stores], [.. all.Concat(own)]);
    }

    private static PeakStoreView OwnView(TenantId tenant, PeakControl control, AdmissionGate gate, TenantLines lines)
    {
        var (line, measured) = (lines.Of(tenant), control.Measured);
        return ToView(line, gate) with
        {
            Id = tenant.Value,
            Ladder = control.Rung,
            Why = new(
                control.CauseOf(line), Math.Round(control.Ladder.Pressure, 3), Math.Round(measured.QueueAge.TotalMilliseconds, 1), Math.Round(measured.FlushTime.TotalMilliseconds, 1),
                Math.Round(measured.Cpu, 3)),
            RehearsalUntil = line.Rehearsal?.Until,
        };
    }

    private static PeakStoreView ToView(TenantLine line, AdmissionGate gate) => new(
        line.Tenant.Value, line.Rung, line.IsLight, Math.Round(line.Demand, 2), Math.Round(line.Rate, 2), line.Waiting,
        (int)Math.Ceiling(gate.LastWaitOf(line).TotalSeconds), line.Rehearsal is null ? null : true);
}
