namespace SmartService.Engine.Journal;

/// <summary>The journal holds an event this program has no name for: it was written by a newer one.</summary>
public sealed class UnknownEventException(string name)
    : Exception($"The journal holds an event named '{name}', which this version does not know. Run the version that wrote it, or a newer one.")
{
    public string Name { get; } = name;
}
