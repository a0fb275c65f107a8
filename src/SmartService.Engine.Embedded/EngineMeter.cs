using System.Diagnostics.Metrics;

namespace SmartService.Engine.Embedded;

/// <summary>The engine's own figures. No tenant or entity is a label: those have no bound.</summary>
internal sealed class EngineMeter : IDisposable
{
    private const string Name = "SmartService.Engine";
    private readonly Meter _meter;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _reopened;
    private readonly Counter<long> _quarantined;
    private long _inQuarantine;
    private int _down;

    public EngineMeter(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(Name) ?? new(Name);
        _failed = _meter.CreateCounter<long>("smartservice.journal.failed", "{failure}", "Commits that failed; nothing is accepted until the journal is open again");
        _reopened = _meter.CreateCounter<long>("smartservice.journal.reopened", "{time}", "Times the journal was opened again after a failure");
        _quarantined = _meter.CreateCounter<long>("smartservice.entities.quarantined", "{time}", "Times an entity was put into quarantine because it threw again and again");
        _meter.CreateObservableGauge("smartservice.journal.up", () => 1 - Volatile.Read(ref _down), "{bool}", "1 while the journal can be written");
        _meter.CreateObservableUpDownCounter("smartservice.entities.in_quarantine", () => Interlocked.Read(ref _inQuarantine), "{entity}", "Entities in quarantine now");
    }

    public void JournalFailed()
    {
        Volatile.Write(ref _down, 1);
        _failed.Add(1);
    }

    public void JournalReopened()
    {
        Volatile.Write(ref _down, 0);
        _reopened.Add(1);
    }

    public void Quarantined(string region) => _quarantined.Add(1, new KeyValuePair<string, object?>("region", region));

    public void InQuarantine(int change) => Interlocked.Add(ref _inQuarantine, change);

    public void Dispose() => _meter.Dispose();
}
