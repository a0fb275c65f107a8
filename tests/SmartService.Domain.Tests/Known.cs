namespace SmartService.Domain.Tests;

/// <summary>People, places and times that tests speak of.</summary>
internal static class Known
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Shop = new("outdoor");
    public static readonly CustomerId Ada = new("ada");
    public static readonly CustomerId Bob = new("bob");

    public static DateTimeOffset Later(int seconds) => Noon.AddSeconds(seconds);

    public static DateTimeOffset Days(int days) => Noon.AddDays(days);
}
