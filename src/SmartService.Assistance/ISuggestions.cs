using SmartService.Domain;

namespace SmartService.Assistance;

/// <summary>"You may want to ask": always there when the widget opens.</summary>
public interface ISuggestions
{
    /// <summary>3 to 6 suggestions in the shopper's language, likeliest first, no two of the same intent.</summary>
    ValueTask<IReadOnlyList<Suggestion>> ForAsync(TenantId tenant, CustomerId customer, string locale, CancellationToken ct);

    ValueTask ChooseAsync(TenantId tenant, CustomerId customer, string operationId, IntentId intent, int rank, CancellationToken ct);
}

/// <param name="Label">A question a shopper would ask: the merchant's own wording where there is an item.</param>
/// <param name="Rank">From 1.</param>
public sealed record Suggestion(IntentId Intent, string Label, int Rank, double Probability);
