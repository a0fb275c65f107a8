using Microsoft.Extensions.Options;

namespace SmartService.Engine.Embedded;

/// <summary>Reports all faults of the settings at once.</summary>
internal sealed class EmbeddedEngineOptionsValidator : IValidateOptions<EmbeddedEngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedEngineOptions options)
    {
        var faults = new SettingFaults(EmbeddedEngineOptions.Section);
        faults.Require(!string.IsNullOrWhiteSpace(options.DataDirectory), nameof(options.DataDirectory), "must name a folder");
        faults.Within(options.MailboxLength, 1, 1_000_000, nameof(options.MailboxLength));
        faults.Within(options.JournalQueueLength, 1, 10_000_000, nameof(options.JournalQueueLength));
        faults.Within(options.JournalQueueBytes, 1 << 10, 4L << 30, nameof(options.JournalQueueBytes));
        faults.Within(options.MostAppendsPerCommit, 1, 1_000_000, nameof(options.MostAppendsPerCommit));
        faults.Within(options.MostBytesPerCommit, 1 << 10, 1L << 30, nameof(options.MostBytesPerCommit));
        faults.Within(options.SnapshotEvery, 1, 100_000, nameof(options.SnapshotEvery));
        faults.Within(options.MostInMemory, 1, 100_000_000, nameof(options.MostInMemory));
        faults.Within(options.MostInPassing, 1, 1_000_000, nameof(options.MostInPassing));
        faults.Within(options.FeedBuffer, 1, 10_000, nameof(options.FeedBuffer));
        faults.Within(options.Readers, 1, 64, nameof(options.Readers));
        faults.Between(options.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(options.RetryAfter), "1 ms and 1 min");
        faults.Between(options.IdleTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), nameof(options.IdleTime), "1 s and 24 h");
        faults.Between(options.FlushDelay, TimeSpan.Zero, EmbeddedEngineOptions.MostFlushDelay, nameof(options.FlushDelay), "0 s and 10 s");
        return faults.Result;
    }
}
