namespace SmartService.Engine;

/// <summary>Whether the journal takes events now.</summary>
public interface IJournalHealth
{
    /// <summary>Why not, or null when it does. It comes back by itself when the disk does; reads go on meanwhile.</summary>
    string? Fault { get; }
}
