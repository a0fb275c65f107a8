using System.Diagnostics.Metrics;
using SmartService.Gateway.Operations;

namespace SmartService.Gateway.Peak;

/// <summary>Figures of peak mode. Tenants have no bound, so only the busiest are told apart.</summary>
internal sealed class PeakMeter : IOwnFigures, IDisposable
{
    private const int MostStores = 20;
    private readonly Meter _meter;

    public PeakMeter(IMeterFactory meters, PeakControl control, AdmissionGate gate, TenantLines lines)
    {
        _meter = meters.Create("SmartService.Peak");
        _meter.CreateObservableGauge("smartservice.peak.rung", () => (int)control.Rung, null, "Rung in force: 0 full, 1 popups paused, 2 Q&A only, 3 queue, 4 call back");
        _meter.CreateObservableGauge("smartservice.peak.manual", () => control.Set.Held is null ? 0 : 1, null, "1 while a person holds the rung");
        _meter.CreateObservableGauge("smartservice.peak.rehearsals", () => lines.All.Count(l => l.Rehearsal is not null), "{store}", "Stores where a peak is rehearsed");
        _meter.CreateObservableGauge("smartservice.peak.pressure", () => control.Ladder.Pressure, null, "Smoothed pressure; 1 is a limit reached");
        _meter.CreateObservableGauge("smartservice.peak.queue.age", () => control.Measured.QueueAge.TotalSeconds, "s", "Age of the oldest waiting work");
        _meter.CreateObservableGauge("smartservice.peak.flush.time", () => control.Measured.FlushTime.TotalSeconds, "s", "Slowest flush of the last moments");
        _meter.CreateObservableGauge("smartservice.peak.cpu", () => control.Measured.Cpu, null, "Share of the processors used");
        _meter.CreateObservableGauge("smartservice.peak.in.flight", () => gate.InFlight, "{message}", "Messages worked on");
        _meter.CreateObservableGauge("smartservice.peak.limit", () => gate.Limit, "{message}", "Messages worked on at once while shoppers wait");
        _meter.CreateObservableGauge("smartservice.peak.held", () => gate.Held, "{request}", "Requests held open until their turn");
        _meter.CreateObservableGauge("smartservice.peak.waiting", () => gate.Tickets, "{shopper}", "Shoppers with a place in a line");
        _meter.CreateObservableGauge("smartservice.peak.wait", () => control.Measured.LongestWait.TotalSeconds, "s", "What the last one in the longest line is told");
        _meter.CreateObservableGauge("smartservice.peak.service.rate", () => gate.TotalRate, "{message}/s", "Messages answered per second");
        _meter.CreateObservableCounter("smartservice.peak.admitted", () => gate.Admitted, "{message}", "Messages let in");
        _meter.CreateObservableCounter("smartservice.peak.queued", () => gate.SentAway, "{answer}", "Answers that gave or renewed a place in a line");
        _meter.CreateObservableCounter("smartservice.peak.called.back", () => gate.CalledBack, "{answer}", "Answers that asked to leave the question");
        _meter.CreateObservableCounter("smartservice.peak.rehearsed", () => gate.Rehearsed, "{message}", "Messages that met a rehearsal; they are in the other figures too");
        _meter.CreateObservableGauge("smartservice.store.demand", () => Busiest(lines, l => l.Demand), "{message}/s", "New messages per second of the busiest stores, smoothed");
        _meter.CreateObservableGauge("smartservice.store.rung", () => Busiest(lines, l => (int)l.Rung), null, "Rung of the busiest stores");
        _meter.CreateObservableGauge("smartservice.store.waiting", () => Busiest(lines, l => l.Waiting), "{shopper}", "Shoppers with a place in the line of the busiest stores");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<double>> Busiest(TenantLines lines, Func<TenantLine, double> figure) =>
        lines.All.Where(l => l.Tenant.Value.Length > 0).OrderByDescending(l => l.Demand).Take(MostStores)
            .Select(l => new Measurement<double>(figure(l), new KeyValuePair<string, object?>("tenant", l.Tenant.Value)));
}
