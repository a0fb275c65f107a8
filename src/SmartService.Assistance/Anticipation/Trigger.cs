using SmartService.Domain;

namespace SmartService.Assistance.Anticipation;

/// <summary>What made it worth looking ahead for a customer.</summary>
/// <param name="Position">Of the event in the journal; a popup's id is made from it.</param>
/// <param name="IsVisit">A page was visited; otherwise one of the customer's orders changed.</param>
internal sealed record Trigger(EntityKey Customer, long Position, bool IsVisit);
