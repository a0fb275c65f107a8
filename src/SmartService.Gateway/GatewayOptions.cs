namespace SmartService.Gateway;

/// <summary>Settings of the HTTP side. Path: SmartService:Gateway.</summary>
public sealed class GatewayOptions
{
    public const string Section = "SmartService:Gateway";

    /// <summary>Folder of installation.key and admin.key. Default "data"; the host sets it.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Folder with the built widget and console; default "web" beside the executable.</summary>
    public string WebFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, as addresses or networks ("10.0.0.0/8"). Default none.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Open connections, streams included. Default 20,000; 100 to 1,000,000.</summary>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Open event streams. Default 18,000; 10 to <see cref="MaxConnections"/>. Beyond it: 503.</summary>
    public int MaxStreams { get; set; } = 18_000;

    /// <summary>Open event streams of one shopper, one per tab. Default 10; 1 to 100. Beyond it: 429.</summary>
    public int MaxStreamsPerShopper { get; set; } = 10;

    /// <summary>Comment lines that keep proxies awake. Default 20 s; 1 s to 55 s.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What browsers wait before they connect again. Default 2 s; 0.1 s to 60 s.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Largest body of a call by a shopper, in bytes. Default 65,536; 1,024 to 1,048,576.</summary>
    public int ShopperBodyBytes { get; set; } = 64 * 1024;

    /// <summary>Largest body of other calls, in bytes. Default 1,048,576; 1,024 to 16,777,216.</summary>
    public int BodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Largest file of an import or bulk call, in bytes. Default 20,971,520; 1,024 to 104,857,600.</summary>
    public int FileBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>A follower of the journal further behind than this makes /readyz answer 503. Default 100,000 events; 1 to 10,000,000.</summary>
    public int MaxLagEvents { get; set; } = 100_000;

    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataFolder))
        {
            yield return $"{Section}:DataFolder must name a folder.";
        }

        foreach (var proxy in TrustedProxies.Where(p => !System.Net.IPNetwork.TryParse(p.Contains('/', StringComparison.Ordinal) ? p : p + (p.Contains(':', StringComparison.Ordinal) ? "/128" : "/32"), out _)))
        {
            yield return $"{Section}:TrustedProxies has \"{proxy}\", which is neither an address nor a network such as 10.0.0.0/8.";
        }

        foreach (var fault in Within(nameof(MaxConnections), MaxConnections, 100, 1_000_000)
            .Concat(Within(nameof(MaxStreams), MaxStreams, 10, MaxConnections))
            .Concat(Within(nameof(MaxStreamsPerShopper), MaxStreamsPerShopper, 1, 100))
            .Concat(Within(nameof(ShopperBodyBytes), ShopperBodyBytes, 1024, 1024 * 1024))
            .Concat(Within(nameof(BodyBytes), BodyBytes, 1024, 16 * 1024 * 1024))
            .Concat(Within(nameof(FileBytes), FileBytes, 1024, 100 * 1024 * 1024))
            .Concat(Within(nameof(MaxLagEvents), MaxLagEvents, 1, 10_000_000)))
        {
            yield return fault;
        }

        if (KeepAlive < TimeSpan.FromSeconds(1) || KeepAlive > TimeSpan.FromSeconds(55))
        {
            yield return $"{Section}:KeepAlive must be between 1 s and 55 s.";
        }

        if (Retry < TimeSpan.FromSeconds(0.1) || Retry > TimeSpan.FromSeconds(60))
        {
            yield return $"{Section}:Retry must be between 0.1 s and 60 s.";
        }
    }

    private static IEnumerable<string> Within(string name, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            yield return $"{Section}:{name} must be between {min:N0} and {max:N0}.";
        }
    }
}
