using SmartService.Engine.Cluster.Journal;

namespace SmartService.Engine.Cluster.Grains;

/// <summary>What all grains of one region share.</summary>
internal sealed record GrainPorts<TState>(HostPorts<TState> Host, JournalHead Head, IPressureGauge Journal, IScrub Scrub, int MailboxLength, TimeSpan RetryAfter)
    where TState : class;
