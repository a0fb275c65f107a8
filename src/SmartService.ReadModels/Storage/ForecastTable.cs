using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Engine.Queries;

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
        _put.Run(tenant, customer, at, At(ranked, 0), At(ranked, 1), At(ranked, 2));

    /// <returns>1 to 3, 0 when it had other intents, null when there was none in time.</returns>
    public int? PlaceOf(string tenant, string customer, IntentId intent, DateTimeOffset asked)
    {
        using var row = _read.Read(tenant, customer);
        if (!row.Read() || row.Int64(0) > asked.UtcTicks || asked.UtcTicks - row.Int64(0) > IInsights.ForecastLife.Ticks || row.Text(1).Length == 0)
        {
            return null;
        }

        for (var place = 1; place <= 3; place++)
        {
            if (row.Text(place) == intent.Value)
            {
                return place;
            }
        }

        return 0;
    }

    private static string At(ImmutableArray<IntentScore> ranked, int place) => !ranked.IsDefault && ranked.Length > place ? ranked[place].Intent.Value : "";
}
