using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels;

/// <summary>Whether the read models' file is as it was closed.</summary>
public static class ReadModelCheck
{
    /// <summary>What is wrong, or null. Nothing is lost by it: the next start makes the file anew.</summary>
    public static string? Fault(string dataDirectory) => ReadModelSeal.Fault(new ReadModelOptions { DataDirectory = dataDirectory }.File);
}
