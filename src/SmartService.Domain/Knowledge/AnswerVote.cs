using System.Collections.Immutable;

namespace SmartService.Domain.Knowledge;

/// <summary>What a shopper said of an item as an answer to one question.</summary>
/// <param name="Question">The question as hashes of its words: enough to know a like one, not enough to read it.</param>
public sealed record AnswerVote(ImmutableArray<int> Question, bool Helpful);
