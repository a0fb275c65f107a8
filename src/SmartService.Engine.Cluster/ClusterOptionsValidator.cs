using Microsoft.Extensions.Options;
using Npgsql;

namespace SmartService.Engine.Cluster;

/// <summary>Reports all faults of the settings at once.</summary>
internal sealed class ClusterOptionsValidator : IValidateOptions<ClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var faults = new SettingFaults(ClusterOptions.Section);
        faults.Require(IsConnectionString(options.Database), nameof(options.Database), "must be a connection string such as \"Host=db;Database=smartservice;Username=smartservice\"");
        faults.Require(!string.IsNullOrWhiteSpace(options.Name), nameof(options.Name), "must name the cluster");
        faults.Require(!string.IsNullOrWhiteSpace(options.Node) && !options.Node.Contains('@', StringComparison.Ordinal), nameof(options.Node), "must name this process, without '@'");
        faults.Require(options.Address is null || System.Net.IPAddress.TryParse(options.Address, out _), nameof(options.Address), "must be an IP address");
        faults.Within(options.SiloPort, 1, 65_535, nameof(options.SiloPort));
        faults.Within(options.GatewayPort, 1, 65_535, nameof(options.GatewayPort));
        faults.Within(options.MostConnections, 4, 1_000, nameof(options.MostConnections));
        faults.Within(options.MailboxLength, 1, 1_000_000, nameof(options.MailboxLength));
        faults.Within(options.JournalQueueLength, 1, 10_000_000, nameof(options.JournalQueueLength));
        faults.Within(options.JournalQueueBytes, 1 << 10, 4L << 30, nameof(options.JournalQueueBytes));
        faults.Within(options.MostEventsPerBatch, 1, 100_000, nameof(options.MostEventsPerBatch));
        faults.Within(options.MostBytesPerBatch, 1 << 10, 512L << 20, nameof(options.MostBytesPerBatch));
        faults.Within(options.SnapshotEvery, 1, 100_000, nameof(options.SnapshotEvery));
        faults.Within(options.FeedBuffer, 1, 10_000, nameof(options.FeedBuffer));
        faults.Within(options.RecentEvents, 1, 1_000_000, nameof(options.RecentEvents));
        faults.Within(options.RememberedStates, 0, 1_000_000, nameof(options.RememberedStates));
        faults.Between(options.WriteFor, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.WriteFor), "1 s and 10 min");
        faults.Between(options.RetryFor, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.RetryFor), "0 and 10 min");
        faults.Between(options.CallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(options.CallTimeout), "1 s and 5 min");
        faults.Between(options.SilentFor, TimeSpan.FromSeconds(1.5), TimeSpan.FromMinutes(5), nameof(options.SilentFor), "1.5 s and 5 min");
        faults.Between(options.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(options.RetryAfter), "1 ms and 1 min");
        faults.Between(options.IdleTime, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24), nameof(options.IdleTime), "1 min and 24 h");
        faults.Between(options.TailEvery, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10), nameof(options.TailEvery), "10 ms and 10 s");
        faults.Between(options.LeaseTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), nameof(options.LeaseTime), "1 s and 1 min");
        faults.Between(options.OverdueAfter, TimeSpan.FromSeconds(70), TimeSpan.FromHours(1), nameof(options.OverdueAfter), "70 s and 1 h");
        return faults.Result;
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
