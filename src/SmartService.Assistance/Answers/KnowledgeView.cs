using System.Collections.Immutable;

namespace SmartService.Assistance.Answers;

/// <summary>What a tenant knows at one moment: the index and what shoppers said of its items.</summary>
internal sealed record KnowledgeView(KnowledgeIndex Index, ImmutableDictionary<string, int> Downvotes);
