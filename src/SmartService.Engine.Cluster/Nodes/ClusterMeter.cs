using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Cluster.Redis;
using SmartService.Engine.Cluster.Reminders;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>The engine's own figures of this process. No tenant or entity is a label: those have no bound.</summary>
internal sealed class ClusterMeter : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _again;
    private readonly Counter<long> _races;
    private readonly Histogram<long> _events;
    private readonly Histogram<double> _time;

    /// <param name="services">What is measured is looked for when figures are read: it needs this meter itself, and not every process has all of it.</param>
    public ClusterMeter(IServiceProvider services, JournalHead head, IOptions<ClusterOptions> options, IMeterFactory? meters = null)
    {
        _meter = meters?.Create("SmartService.Cluster") ?? new("SmartService.Cluster");
        _again = _meter.CreateCounter<long>("smartservice.cluster.batch.retries", "{time}", "Batches sent again because PostgreSQL did not answer");
        _races = _meter.CreateCounter<long>("smartservice.cluster.races.lost", "{append}", "Appends refused because another activation of the entity wrote first");
        _events = _meter.CreateHistogram<long>("smartservice.cluster.batch.events", "{event}", "Events in one batch");
        _time = _meter.CreateHistogram<double>("smartservice.cluster.batch.time", "s", "From sending a batch to PostgreSQL to its commit, tries included");
        Observe("smartservice.cluster.head", () => head.Position, "{event}", "Last position of the journal this process has heard of");
        if (options.Value.IsSilo)
        {
            Observe("smartservice.cluster.queue", () => Writer(services).Pending, "{append}", "Appends that wait for PostgreSQL, or are on their way");
            Observe("smartservice.cluster.queue.size", () => Writer(services).PendingBytes, "By", "The same in bytes");
            Observe("smartservice.reminders.overdue", () => Overdue(services).Count, "{reminder}", "Reminders that should have been carried out; told by the silo that looks, 0 on the others");
            Observe("smartservice.reminders.overdue.age", () => (long)Overdue(services).Age.TotalSeconds, "s", "For how long the oldest of them has been due");
            Observe("smartservice.journal.up", () => Writer(services).Fault is null ? 1 : 0, "{bool}", "1 while the journal can be written");
        }

        if (options.Value.IsGateway)
        {
            Observe("smartservice.cluster.leading", () => services.GetRequiredService<PostgresLeadership>().IsLeading ? 1 : 0, "{bool}", "1 on the gateway that runs what must run once");
        }

        if (options.Value.Redis.Length > 0)
        {
            Observe("smartservice.cluster.redis.up", () => services.GetRequiredService<RedisBus>().IsConnected ? 1 : 0, "{bool}", "1 while Redis is connected");
        }
    }

    public void Wrote(int events, TimeSpan took)
    {
        _events.Record(events);
        _time.Record(took.TotalSeconds);
    }

    public void SentAgain() => _again.Add(1);

    public void LostRace() => _races.Add(1);

    public void Dispose() => _meter.Dispose();

    private static JournalWriter Writer(IServiceProvider services) => services.GetRequiredService<JournalWriter>();

    private static OverdueReminders Overdue(IServiceProvider services) => services.GetRequiredService<OverdueReminders>();

    private void Observe(string name, Func<long> figure, string unit, string description) => _meter.CreateObservableGauge(name, figure, unit, description);
}
