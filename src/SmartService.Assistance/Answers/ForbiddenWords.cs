using System.Collections.Immutable;
using SmartService.Domain.Conversations;

namespace SmartService.Assistance.Answers;

/// <summary>Holds back answers with words the tenant never wants to hear from its bot.</summary>
internal static class ForbiddenWords
{
    public static bool In(CandidateAnswer answer, ImmutableArray<string> forbidden)
    {
        if (forbidden.IsDefaultOrEmpty)
        {
            return false;
        }

        var said = Terms.Normalise(string.Join('\n', answer.Actions.Select(action => action.Label).Prepend(answer.Text)));
        return forbidden.Any(word => !string.IsNullOrWhiteSpace(word) && said.Contains(Terms.Normalise(word.Trim()), StringComparison.Ordinal));
    }
}
