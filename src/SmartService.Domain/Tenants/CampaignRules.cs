using System.Collections.Immutable;

namespace SmartService.Domain.Tenants;

/// <summary>What a shop's campaigns must look like.</summary>
public static class CampaignRules
{
    public const int Most = 100;
    public const int MostDays = 60;

    /// <summary>All faults; the field is "campaigns" or "campaigns[n].…".</summary>
    public static ImmutableArray<FieldFault> Check(ImmutableArray<Campaign> campaigns)
    {
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        if (campaigns.OrEmpty().Length > Most)
        {
            faults.Add(new("campaigns", $"must be at most {Most}"));
        }

        for (var i = 0; i < campaigns.OrEmpty().Length; i++)
        {
            if (string.IsNullOrWhiteSpace(campaigns[i].Name) || campaigns[i].Name.Length > 100)
            {
                faults.Add(new($"campaigns[{i}].name", "must have 1 to 100 characters"));
            }

            if (campaigns[i].To < campaigns[i].From || campaigns[i].To.DayNumber - campaigns[i].From.DayNumber >= MostDays)
            {
                faults.Add(new($"campaigns[{i}].to", $"must be \"from\" or a later day, of at most {MostDays} days in all"));
            }
        }

        return faults.DrainToImmutable();
    }
}
