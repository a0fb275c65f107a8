namespace SmartService.Faults.Disks;

/// <summary>One handle of SQLite on a file of a disk.</summary>
internal sealed class OpenFile(FaultyDisk disk, FileContent content)
{
    public FaultyDisk Disk => disk;

    public FileContent Content => content;

    /// <summary>The first flush of a journal or WAL that was just made also flushes the folder.</summary>
    public bool SyncsFolder { get; set; }
}
