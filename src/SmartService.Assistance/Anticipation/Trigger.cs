using SmartService.Domain;

namespace SmartService.Assistance.Anticipation;

/// <summary>What made it worth looking ahead for a customer.</summary>
/// <param name="Position">Of the event in the journal; a popup's id is made from it.</param>
/// <param name="Session">Browser session of the visit; null for an order event.</param>
/// <param name="Visit">Id of the visit; null for an order event.</param>
internal sealed record Trigger(EntityKey Customer, long Position, string? Session, string? Visit);
