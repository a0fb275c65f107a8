namespace SmartService.Host.Running;

/// <summary>What the command line of <c>run</c> says; null leaves a setting to the configuration.</summary>
internal sealed record RunArguments(int? Port = null, string? Data = null, string? Urls = null, string? Engine = null, bool? Demo = null);
