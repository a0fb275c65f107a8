using Microsoft.Extensions.Options;

namespace SmartService.Engine.Embedded;

/// <summary>Reports all faults of the settings at once.</summary>
internal sealed class EmbeddedEngineOptionsValidator : IValidateOptions<EmbeddedEngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedEngineOptions options)
    {
        var faults = new List<string>();
        Require(!string.IsNullOrWhiteSpace(options.DataDirectory), nameof(options.DataDirectory), "must name a folder");
        Within(options.MailboxLength, 1, 1_000_000, nameof(options.MailboxLength));
        Within(options.JournalQueueLength, 1, 10_000_000, nameof(options.JournalQueueLength));
        Within(options.JournalQueueBytes, 1 << 10, 4L << 30, nameof(options.JournalQueueBytes));
        Within(options.MostAppendsPerCommit, 1, 1_000_000, nameof(options.MostAppendsPerCommit));
        Within(options.MostBytesPerCommit, 1 << 10, 1L << 30, nameof(options.MostBytesPerCommit));
        Within(options.SnapshotEvery, 1, 100_000, nameof(options.SnapshotEvery));
        Within(options.MostInMemory, 1, 100_000_000, nameof(options.MostInMemory));
        Within(options.FeedBuffer, 1, 10_000, nameof(options.FeedBuffer));
        Within(options.Readers, 1, 64, nameof(options.Readers));
        Require(
            options.RetryAfter >= TimeSpan.FromMilliseconds(1) && options.RetryAfter <= TimeSpan.FromMinutes(1),
            nameof(options.RetryAfter), "must be between 1 ms and 1 min");
        Require(
            options.IdleTime >= TimeSpan.FromSeconds(1) && options.IdleTime <= TimeSpan.FromHours(24),
            nameof(options.IdleTime), "must be between 1 s and 24 h");
        Require(
            options.FlushDelay >= TimeSpan.Zero && options.FlushDelay <= EmbeddedEngineOptions.MostFlushDelay,
            nameof(options.FlushDelay), "must be between 0 s and 10 s");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Require(bool holds, string setting, string what)
        {
            if (!holds)
            {
                faults.Add($"{EmbeddedEngineOptions.Section}:{setting} {what}.");
            }
        }

        void Within(long value, long least, long most, string setting) =>
            Require(value >= least && value <= most, setting, FormattableString.Invariant($"must be between {least} and {most}"));
    }
}
