namespace SmartService.Gateway.Operations;

/// <summary>Where figures are sent besides /metrics. Path: SmartService:Otlp.</summary>
public sealed class OtlpOptions
{
    public const string Section = "SmartService:Otlp";

    /// <summary>An OpenTelemetry collector's gRPC address, for example http://localhost:4317. Default none: nothing is sent.</summary>
    public string? Endpoint { get; set; }

    /// <summary>How often. Default 15 s; 1 s to 10 min.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);

    internal IEnumerable<string> Faults()
    {
        if (!string.IsNullOrEmpty(Endpoint) && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return $"{Section}:Endpoint must be an address such as http://localhost:4317.";
        }

        if (Every < TimeSpan.FromSeconds(1) || Every > TimeSpan.FromMinutes(10))
        {
            yield return $"{Section}:Every must be between 1 s and 10 min.";
        }
    }
}
