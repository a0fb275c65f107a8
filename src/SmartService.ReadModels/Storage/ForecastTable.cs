using System.Collections.Immutable;
using SmartService.Domain;

namespace SmartService.ReadModels.Storage;

/// <summary>The newest forecast of each customer, to be held against what they ask.</summary>
internal sealed class ForecastTable(ReadModelWriter writer)
{
    private readonly Statement _put = writer.Prepare(
        """
        INSERT INTO forecasts (tenant, customer, at, first, second, third) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (tenant, customer) DO UPDATE SET at = ?3, first = ?4, second = ?5, third = ?6
        """);

    private readonly Statement _read = writer.Prepare("SELECT at, first, second, third FROM forecasts WHERE tenant = ?1 AND customer = ?2");

    public void Put(string tenant, string customer, long at, ImmutableArray<IntentScore> ranked) =>
        _put.Run(tenant, customer, at, ForecastEntry.IntentAt(ranked, 0), ForecastEntry.IntentAt(ranked, 1), ForecastEntry.IntentAt(ranked, 2));

    public int? PlaceOf(string tenant, string customer, IntentId intent, DateTimeOffset asked)
    {
        using var row = _read.Read(tenant, customer);
        return row.Read() ? ForecastEntry.PlaceOf(intent, asked, row.Int64(0), row.Text(1), row.Text(2), row.Text(3)) : null;
    }
}
