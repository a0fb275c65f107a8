namespace SmartService.Engine.Embedded;

/// <summary>Questions about a data folder from outside of an engine.</summary>
public static class EmbeddedData
{
    /// <summary>Whether a running engine holds the folder.</summary>
    public static bool IsInUse(string dataDirectory) => DataFolder.IsHeld(dataDirectory);

    /// <summary>Where files lie that the journal only names. Backups carry them.</summary>
    public static string CompanionsIn(string dataDirectory) => DataFolder.CompanionsIn(dataDirectory);
}
