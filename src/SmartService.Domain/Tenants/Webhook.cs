using System.Collections.Immutable;

namespace SmartService.Domain.Tenants;

/// <summary>An address that is told when something happens.</summary>
/// <param name="Events">Kinds such as "conversation.handed_off".</param>
/// <param name="Secret">What deliveries are signed with, encrypted with the installation's key.</param>
public sealed record Webhook(string Id, string Url, ImmutableArray<string> Events, bool Enabled, string Secret, DateTimeOffset CreatedAt);
