namespace SmartService.ReadModels;

/// <summary>Where the read models lie.</summary>
public sealed class ReadModelOptions
{
    /// <summary>Folder of readmodels.db; must exist and be writable. No default.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>Events read at once when catching up or rebuilding. Default 5,000.</summary>
    public int CatchUpBatch { get; set; } = 5_000;

    internal string File => Path.Combine(DataDirectory, "readmodels.db");
}
