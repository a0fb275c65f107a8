namespace SmartService.Gateway.Limits;

/// <summary>Rates per second and bursts. Path: SmartService:Limits. A rate of 0 switches that limit off.</summary>
public sealed class LimitOptions
{
    public const string Section = "SmartService:Limits";

    /// <summary>Requests of one network address. Default 200 per second, bursts of 1,000.</summary>
    public double AddressPerSecond { get; set; } = 200;

    public int AddressBurst { get; set; } = 1_000;

    /// <summary>New sessions from one network address: each makes a customer. Default 5 per second, bursts of 100.</summary>
    public double SessionsPerSecond { get; set; } = 5;

    public int SessionsBurst { get; set; } = 100;

    /// <summary>Requests under one key. Default 500 per second, bursts of 2,000.</summary>
    public double KeyPerSecond { get; set; } = 500;

    public int KeyBurst { get; set; } = 2_000;

    /// <summary>Requests of one shopper. Default 10 per second, bursts of 60. Messages have the tenant's own limit besides.</summary>
    public double ShopperPerSecond { get; set; } = 10;

    public int ShopperBurst { get; set; } = 60;

    /// <summary>Wrong credentials from one network address. Default 1 per second, bursts of 30.</summary>
    public double RefusedPerSecond { get; set; } = 1;

    public int RefusedBurst { get; set; } = 30;

    internal IEnumerable<string> Faults()
    {
        foreach (var (name, rate, burst) in new[]
        {
            ("Address", AddressPerSecond, AddressBurst), ("Sessions", SessionsPerSecond, SessionsBurst), ("Key", KeyPerSecond, KeyBurst),
            ("Shopper", ShopperPerSecond, ShopperBurst), ("Refused", RefusedPerSecond, RefusedBurst),
        })
        {
            if (!(rate is >= 0 and <= 1_000_000))
            {
                yield return $"{Section}:{name}PerSecond must be between 0 (off) and 1,000,000.";
            }

            if (burst is < 1 or > 10_000_000)
            {
                yield return $"{Section}:{name}Burst must be between 1 and 10,000,000.";
            }
        }
    }
}
