using Microsoft.Extensions.Options;

namespace SmartService.Gateway;

/// <summary>Reports all faults of one class of settings at once, each with its full path.</summary>
internal sealed class OptionsFaults<T>(Func<T, IEnumerable<string>> faults) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var found = faults(options).ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }
}
