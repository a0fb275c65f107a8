using System.Diagnostics;
using SmartService.Domain.Peak;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Peak;

/// <summary>Marks a route whose calls cost what a question costs.</summary>
internal sealed class NeedsAdmission;

/// <summary>
/// Stands after authentication, because shares are merchants', and before the body is read: saying no must cost next to nothing.
/// </summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, AdmissionGate gate, TenantLines lines)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.User is not Caller { Scope: CallerScope.Shopper } caller || context.GetEndpoint()?.Metadata.GetMetadata<NeedsAdmission>() is null)
        {
            return next(context);
        }

        var line = lines.Of(caller.Tenant);
        var admission = gate.Enter(line, caller.Customer.Value);
        return admission.Kind switch
        {
            AdmissionKind.Admitted => GoAsync(context, line),
            AdmissionKind.Held => HoldAsync(context, line, admission.Turn!),
            _ => Refuse(line, admission).ExecuteAsync(context),
        };
    }

    internal static Problem Refuse(TenantLine line, in Admission said) => said.Kind == AdmissionKind.CallBack
        ? new(503, "call_back", "Too many ask at once", "Leave the question: POST …/call-back with it. Or send it again after Retry-After.")
        {
            RetryAfter = said.RetryAfter,
            Peak = new(PeakRung.CallBack, null, null, said.IsRehearsal ? true : null),
        }
        : new(503, "queued", "In the line", "The shopper has a place in the line. Send the same request again after Retry-After.")
        {
            RetryAfter = said.RetryAfter,
            Peak = new(line.Rung < PeakRung.Queue ? PeakRung.Queue : line.Rung, said.Place, (int)Math.Ceiling(said.Wait.TotalSeconds), said.IsRehearsal ? true : null),
        };

    private async Task GoAsync(HttpContext context, TenantLine line)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            gate.Leave(line, Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task HoldAsync(HttpContext context, TenantLine line, HeldTurn turn)
    {
        Admission said;
        await using (context.RequestAborted.UnsafeRegister(static (state, _) =>
        {
            var (gate, turn) = ((AdmissionGate, HeldTurn))state!;
            gate.Forget(turn);
        }, (gate, turn)))
        {
            said = await turn.Task;
        }

        await (said.Kind == AdmissionKind.Admitted ? GoAsync(context, line) : Refuse(line, said).ExecuteAsync(context));
    }
}
