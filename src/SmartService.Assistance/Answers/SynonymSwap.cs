namespace SmartService.Assistance.Answers;

/// <summary>A word of the question and what the tenant says it also is called.</summary>
/// <param name="Asked">Terms of the shopper's word.</param>
/// <param name="Meant">Terms of the other word.</param>
internal sealed record SynonymSwap(ulong[] Asked, ulong[] Meant);
