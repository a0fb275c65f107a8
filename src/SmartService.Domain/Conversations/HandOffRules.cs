using System.Collections.Immutable;

namespace SmartService.Domain.Conversations;

/// <summary>What always goes to a person.</summary>
/// <param name="Intents">Questions with one of these meanings; at most 50.</param>
/// <param name="AfterFailures">A conversation in which the bot failed this often, by asking back or by an answer that did not help; 0 for never, at most 10.</param>
public sealed record HandOffRules(ImmutableArray<IntentId> Intents, int AfterFailures);
