using Microsoft.Extensions.Options;

namespace SmartService.Engine.Following;

/// <summary>Reports all faults of the settings at once.</summary>
internal sealed class FollowerOptionsValidator : IValidateOptions<FollowerOptions>
{
    public ValidateOptionsResult Validate(string? name, FollowerOptions options)
    {
        var faults = new List<string>();
        Require(options.BatchSize is >= 1 and <= 10_000, nameof(options.BatchSize), "must be between 1 and 10000");
        Require(options.LargeBatchSize is >= 1 and <= 100_000, nameof(options.LargeBatchSize), "must be between 1 and 100000");
        Between(options.Pace, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.Pace), "between 0 and 10 s");
        Between(options.CheckpointEvery, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(options.CheckpointEvery), "between 1 ms and 1 min");
        Between(options.FirstPause, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(options.FirstPause), "between 1 ms and 1 min");
        Require(options.LongestPause >= options.FirstPause, nameof(options.LongestPause), $"must be at least {nameof(options.FirstPause)}");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Require(bool holds, string setting, string what)
        {
            if (!holds)
            {
                faults.Add($"{FollowerOptions.Section}:{setting} {what}.");
            }
        }

        void Between(TimeSpan value, TimeSpan least, TimeSpan most, string setting, string what) =>
            Require(value >= least && value <= most, setting, $"must be {what}");
    }
}
