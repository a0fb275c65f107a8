using System.Collections.Immutable;
using SmartService.Domain.Conversations;

namespace SmartService.Assistance.Answers;

/// <summary>All the bot could say to a question, best first, and what it could ask back.</summary>
internal sealed record Composition(ImmutableArray<CandidateAnswer> Candidates, ImmutableArray<ClarifyOption> Options)
{
    public static Composition Nothing { get; } = new([], []);
}
