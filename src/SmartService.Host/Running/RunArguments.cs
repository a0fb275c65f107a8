namespace SmartService.Host.Running;

/// <summary>What the command line of <c>run</c> says; null leaves a setting to the configuration.</summary>
internal sealed record RunArguments(int? Port = null, string? Data = null, string? Urls = null, string? Engine = null, bool? Demo = null, bool? Standby = null)
{
    /// <summary>Settings that go before all others, by their full path.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();

    /// <summary>The engine of another executable than this one; null for the embedded one.</summary>
    public HostEngine? Brings { get; init; }
}
