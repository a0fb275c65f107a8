using SmartService.Domain.Customers;
using SmartService.Engine;

namespace SmartService.Benchmarks;

/// <summary>Customers as they are weighed: three visits each, then nothing.</summary>
internal static class IdleCustomers
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="atOnce">Customers under way at the same time.</param>
    public static async Task VisitAsync(ICustomers customers, string name, int count, int atOnce)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(atOnce))
        {
            await Task.WhenAll(chunk.Select(i => customers.HandleAsync(
                new(new("bench"), $"{name}{i}"),
                new CustomerCommand.RecordVisits(
                    [
                        new($"v1-{i}", $"s{i}", Noon, PageType.Home), new($"v2-{i}", $"s{i}", Noon.AddSeconds(20), PageType.Product, $"sku-{i % 100}"),
                        new($"v3-{i}", $"s{i}", Noon.AddSeconds(50), PageType.Orders),
                    ],
                    Noon.AddMinutes(1)),
                CancellationToken.None).AsTask()));
        }
    }
}
