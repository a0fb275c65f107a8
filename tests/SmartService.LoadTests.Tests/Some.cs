using SmartService.Drills.Files;
using SmartService.Drills.Stores;

namespace SmartService.LoadTests.Tests;

/// <summary>Things tests start from.</summary>
internal static class Some
{
    public static Drills.Drill Drill(string yaml) => DrillReader.Parse(yaml, "test.yaml");

    public static Drills.Drill SmallDrill(string more = "") => Drill($$"""
        name: small
        question: Does it?
        warmUp: 0s
        shoppers: { turns: 3, think: 10ms, pages: 0, streams: 0, leaves: 0, person: 0 }
        curve: [{ shape: constant, rate: 50, for: 2s }]
        {{more}}
        """);

    public static Store Store(int shoppers = 4, string address = "http://127.0.0.1:1") => new(
        new Uri(address), "abcdef", [new("drill-abcdef-0", "sk", "pk", "ak", "secret")],
        [.. Enumerable.Range(0, shoppers).Select(i => new Shopper(0, $"st_{i}", $"c{i}", "en", 0, KeepsStream: false))], shoppers);
}
