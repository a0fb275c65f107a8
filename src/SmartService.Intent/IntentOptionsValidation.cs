using Microsoft.Extensions.Options;

namespace SmartService.Intent;

/// <summary>Reports every fault of the settings at once, with its full path.</summary>
internal sealed class IntentOptionsValidation : IValidateOptions<IntentOptions>
{
    public ValidateOptionsResult Validate(string? name, IntentOptions options)
    {
        var faults = new List<string>();
        CheckFile(nameof(options.ModelPath), options.ModelPath, options.FullModelPath, faults);
        CheckFile(nameof(options.PredictorPath), options.PredictorPath, options.FullPredictorPath, faults);
        if (options.KeptContexts is < 1 or > 1_024)
        {
            faults.Add($"{IntentOptions.Section}:{nameof(options.KeptContexts)} must be between 1 and 1,024, not {options.KeptContexts}.");
        }

        if (options.CallLimit < TimeSpan.FromMilliseconds(10) || options.CallLimit > TimeSpan.FromMinutes(1))
        {
            faults.Add($"{IntentOptions.Section}:{nameof(options.CallLimit)} must be between 10 ms and 1 min, not {options.CallLimit}.");
        }

        if (options.Lanes is < 1 or > 1_024)
        {
            faults.Add($"{IntentOptions.Section}:{nameof(options.Lanes)} must be between 1 and 1,024, not {options.Lanes}.");
        }

        if (options.WaitingMessages is < 1 or > 1_000_000)
        {
            faults.Add($"{IntentOptions.Section}:{nameof(options.WaitingMessages)} must be between 1 and 1,000,000, not {options.WaitingMessages}.");
        }

        if (options.ReloadEvery != TimeSpan.Zero && (options.ReloadEvery < TimeSpan.FromMilliseconds(100) || options.ReloadEvery > TimeSpan.FromDays(1)))
        {
            faults.Add($"{IntentOptions.Section}:{nameof(options.ReloadEvery)} must be zero or between 100 ms and 1 day, not {options.ReloadEvery}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckFile(string setting, string value, string fullPath, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            faults.Add($"{IntentOptions.Section}:{setting} must name a model file.");
        }
        else if (!File.Exists(fullPath))
        {
            faults.Add($"{IntentOptions.Section}:{setting} names {fullPath}, which does not exist.");
        }
    }
}
