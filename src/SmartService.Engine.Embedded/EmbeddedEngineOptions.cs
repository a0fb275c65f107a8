namespace SmartService.Engine.Embedded;

/// <summary>Settings of the embedded engine, section "SmartService:Engine".</summary>
public sealed class EmbeddedEngineOptions
{
    public const string Section = "SmartService:Engine";

    /// <summary>Folder of the data; made when missing. Default "data".</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Commands of one entity that may wait while it is being loaded or is busy. Default 1,000; 1 to 1,000,000.</summary>
    public int MailboxLength { get; set; } = 1_000;

    /// <summary>Appends that may be on their way to disk. Default 65,536; 1 to 10,000,000.</summary>
    public int JournalQueueLength { get; set; } = 65_536;

    /// <summary>Bytes that may be on their way to disk. Default 64 MiB; 1 KiB to 4 GiB.</summary>
    public long JournalQueueBytes { get; set; } = 64L << 20;

    /// <summary>Appends in one commit. Default 4,096; 1 to 1,000,000.</summary>
    public int MostAppendsPerCommit { get; set; } = 4_096;

    /// <summary>Bytes in one commit; a larger single append goes alone. Default 16 MiB; 1 KiB to 1 GiB.</summary>
    public long MostBytesPerCommit { get; set; } = 16L << 20;

    /// <summary>What callers are told to wait when a queue is full. Default 1 s; 1 ms to 1 min.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Events of one entity between two snapshots: what is replayed at most when it comes into memory, after a start for one, against what is written. Default 100; 1 to 100,000.</summary>
    public int SnapshotEvery { get; set; } = 100;

    /// <summary>An entity nobody called for about this long leaves memory. Default 10 min; 1 s to 24 h.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Entities of one kind in memory; beyond it those called least recently leave early. Default 250,000; 1 to 100,000,000.</summary>
    public int MostInMemory { get; set; } = 250_000;

    /// <summary>
    /// Entities of one kind in memory that only imports, and what follows on them, have called; beyond it the first of them leave. All others stay, however much is imported.
    /// Default 8,192; 1 to 1,000,000.
    /// </summary>
    public int MostInPassing { get; set; } = 8_192;

    /// <summary>Live frames buffered per reader of a feed before it goes back to the journal. Default 64; 1 to 10,000.</summary>
    public int FeedBuffer { get; set; } = 64;

    /// <summary>Reading connections kept open per file. Default 4; 1 to 64.</summary>
    public int Readers { get; set; } = 4;

    internal static readonly TimeSpan MostFlushDelay = TimeSpan.FromSeconds(10);

    /// <summary>For drills: every commit takes this much longer, as on a slow disk. Default 0; 0 to 10 s.</summary>
    public TimeSpan FlushDelay { get; set; }

    /// <summary>Plays the engine's threads in a simulation; null for real ones.</summary>
    internal IConductor? Conductor { get; set; }

    /// <summary>Pages of 4 KiB that the journal's WAL grows by between two checkpoints, 16 MiB: each costs two flushes.</summary>
    internal int CheckpointPages { get; set; } = 4_096;

    /// <summary>Appends kept in memory for followers close behind the head.</summary>
    internal int RecentAppends { get; set; } = 16_384;

    /// <summary>For drills: a file with milliseconds by which commits take longer still, read anew while running. Default none.</summary>
    public string? FlushDelayFile { get; set; }
}
