using SmartService.Domain.Conversations;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Answers;

/// <summary>Answers that the store's policy keeps its bot from giving.</summary>
internal static class HeldBack
{
    public static bool Is(CandidateAnswer answer, TenantPolicy policy) =>
        ForbiddenWords.In(answer, policy.ForbiddenWords) || DiscountLimit.Exceeded(answer, policy.DiscountLimit);
}
