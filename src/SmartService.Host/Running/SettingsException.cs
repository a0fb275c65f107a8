namespace SmartService.Host.Running;

/// <summary>Settings that cannot be used; every fault with its full path.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(" ", faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
