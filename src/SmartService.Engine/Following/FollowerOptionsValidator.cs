using Microsoft.Extensions.Options;

namespace SmartService.Engine.Following;

/// <summary>Reports all faults of the settings at once.</summary>
internal sealed class FollowerOptionsValidator : IValidateOptions<FollowerOptions>
{
    public ValidateOptionsResult Validate(string? name, FollowerOptions options)
    {
        var faults = new SettingFaults(FollowerOptions.Section);
        faults.Within(options.BatchSize, 1, 10_000, nameof(options.BatchSize));
        faults.Within(options.LargeBatchSize, 1, 100_000, nameof(options.LargeBatchSize));
        faults.Between(options.Pace, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.Pace), "0 and 10 s");
        faults.Require(options.LongestPace >= options.Pace && options.LongestPace <= TimeSpan.FromSeconds(10), nameof(options.LongestPace), $"must be at least {nameof(options.Pace)} and at most 10 s");
        faults.Between(options.CheckpointEvery, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(options.CheckpointEvery), "1 ms and 1 min");
        faults.Between(options.FirstPause, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(options.FirstPause), "1 ms and 1 min");
        faults.Require(options.LongestPause >= options.FirstPause, nameof(options.LongestPause), $"must be at least {nameof(options.FirstPause)}");
        return faults.Result;
    }
}
