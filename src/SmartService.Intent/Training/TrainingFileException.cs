namespace SmartService.Intent.Training;

/// <summary>Training data cannot be used. The message lists every faulty line with file and line number.</summary>
public sealed class TrainingFileException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
