namespace SmartService.Assistance.Files;

/// <summary>A fault after which the rest of a file cannot be read. Never leaves this folder: it becomes an <see cref="ImportFault"/>.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught within this folder only, always with a line.
internal sealed class FileFaultException(int line, string field, string message) : Exception(message)
#pragma warning restore CA1032, CA1064
{
    public ImportFault Fault { get; } = new(line, field, message);
}
