namespace SmartService.Engine.Cluster;

/// <summary>What a process of the cluster does.</summary>
public enum ClusterRole
{
    /// <summary>Keeps entities and writes the journal.</summary>
    Silo,

    /// <summary>Calls entities elsewhere: what speaks to shoppers.</summary>
    Gateway,

    /// <summary>Both in one process.</summary>
    Both,
}

/// <summary>Settings of the cluster engine, section "SmartService:Cluster".</summary>
public sealed class ClusterOptions
{
    public const string Section = "SmartService:Cluster";

    /// <summary>What this process does. Default both.</summary>
    public ClusterRole Role { get; set; } = ClusterRole.Both;

    /// <summary>Connection string of PostgreSQL 15 or newer, as Npgsql takes it. No default.</summary>
    public string Database { get; set; } = "";

    /// <summary>Address of Redis, as StackExchange.Redis takes it; empty runs without: pushes then wait for <see cref="TailEvery"/>. Default none.</summary>
    public string Redis { get; set; } = "";

    /// <summary>Name of the cluster; its members find each other under it. Default "smartservice".</summary>
    public string Name { get; set; } = "smartservice";

    /// <summary>Name of this process, unique and the same after a restart. Default the machine's name.</summary>
    public string Node { get; set; } = Environment.MachineName;

    /// <summary>Address under which other members reach this silo. Default the machine's own.</summary>
    public string? Address { get; set; }

    /// <summary>Port on which silos speak to each other. Default 11111.</summary>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port on which gateways reach this silo. Default 30000.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>Connections to PostgreSQL this process may open. Default 32; 4 to 1,000.</summary>
    public int MostConnections { get; set; } = 32;

    /// <summary>Commands of one entity that may be under way. Default 1,000; 1 to 1,000,000.</summary>
    public int MailboxLength { get; set; } = 1_000;

    /// <summary>Appends of one silo that may be on their way to disk. Default 65,536; 1 to 10,000,000.</summary>
    public int JournalQueueLength { get; set; } = 65_536;

    /// <summary>Bytes of one silo that may be on their way to disk. Default 64 MiB; 1 KiB to 4 GiB.</summary>
    public long JournalQueueBytes { get; set; } = 64L << 20;

    /// <summary>Events in one batch. Default 4,096; 1 to 100,000.</summary>
    public int MostEventsPerBatch { get; set; } = 4_096;

    /// <summary>Bytes in one batch; a larger single append goes alone. Default 16 MiB; 1 KiB to 512 MiB.</summary>
    public long MostBytesPerBatch { get; set; } = 16L << 20;

    /// <summary>How long a batch is tried again while PostgreSQL is away, before all in it fail. Default 30 s; 1 s to 10 min.</summary>
    public TimeSpan WriteFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call that met a lost silo or a lost race is tried again, with the same ids. Default 20 s; 0 to 10 min.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest time one call to an entity may take before it is sent again. Default 3 s; 1 s to 5 min.</summary>
    /// <remarks>A call that went to a silo just before it was found dead is answered by nobody: this comes on top of <see cref="SilentFor"/>.
    /// Shorter, a slow database would be sent everything twice.</remarks>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a silo that hangs may be silent before the others take over its entities. Default 4.5 s; 1.5 s to 5 min.</summary>
    /// <remarks>Shorter than the longest pause of a healthy silo (a full collection, a machine that moves, a processor shared with too many),
    /// it makes healthy silos end; longer, shoppers wait for one that hangs. All silos of a cluster need the same.</remarks>
    public TimeSpan SilentFor { get; set; } = TimeSpan.FromSeconds(4.5);

    /// <summary>What callers are told to wait when a queue is full. Default 1 s; 1 ms to 1 min.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Events of one entity between two snapshots. Default 100; 1 to 100,000.</summary>
    public int SnapshotEvery { get; set; } = 100;

    /// <summary>An entity nobody called for this long leaves memory. Default 10 min; 1 min to 24 h.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Live frames buffered per reader of a feed before it goes back to the journal. Default 64; 1 to 10,000.</summary>
    public int FeedBuffer { get; set; } = 64;

    /// <summary>Events of the journal's end kept in memory for followers. Default 8,192; 1 to 1,000,000.</summary>
    public int RecentEvents { get; set; } = 8_192;

    /// <summary>How often a gateway looks for new events when nobody tells it of any. Default 100 ms; 10 ms to 10 s.</summary>
    public TimeSpan TailEvery { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a node that does what must run once may be silent before another takes over. Default 5 s; 1 s to 1 min.</summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its time a reminder is overdue, so that silos say so, and how long the gateway that runs reminders may go without looking for due ones before another one
    /// takes over. Default 90 s; 70 s to 1 h.</summary>
    /// <remarks>A scheduler with nothing to do looks once a minute, and silos do: shorter would take healthy ones for hanging.</remarks>
    public TimeSpan OverdueAfter { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>States of each kind of entity a gateway remembers, twice: those in use and those that were. Default 10,000; 0 to 1,000,000.</summary>
    public int RememberedStates { get; set; } = 10_000;

    /// <summary>Whether this process keeps entities.</summary>
    public bool IsSilo => Role is ClusterRole.Silo or ClusterRole.Both;

    /// <summary>Whether this process speaks to shoppers.</summary>
    public bool IsGateway => Role is ClusterRole.Gateway or ClusterRole.Both;
}
