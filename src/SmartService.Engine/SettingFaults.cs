using Microsoft.Extensions.Options;

namespace SmartService.Engine;

/// <summary>Gathers what is wrong with the settings of one section, so that all of it is said at once.</summary>
/// <param name="section">As in the configuration, for example "SmartService:Engine".</param>
public sealed class SettingFaults(string section)
{
    private readonly List<string> _faults = [];

    public ValidateOptionsResult Result => _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_faults);

    /// <param name="what">Follows the setting's name in the message: "must name a folder".</param>
    public void Require(bool holds, string setting, string what)
    {
        if (!holds)
        {
            _faults.Add($"{section}:{setting} {what}.");
        }
    }

    public void Within(long value, long least, long most, string setting) =>
        Require(value >= least && value <= most, setting, FormattableString.Invariant($"must be between {least} and {most}"));

    /// <param name="what">Both ends in words: "1 s and 10 min".</param>
    public void Between(TimeSpan value, TimeSpan least, TimeSpan most, string setting, string what) =>
        Require(value >= least && value <= most, setting, $"must be between {what}");
}
