namespace SmartService.Drills.Files;

/// <summary>A drill's file cannot be used; every fault with its line, its field and what to write instead.</summary>
internal sealed class DrillFileException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
