using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Answers;

/// <summary>What a tenant knows at one moment: the index, what shoppers said of its items, and the tenant's own words.</summary>
internal sealed record KnowledgeView(KnowledgeIndex Index, ItemFeedback Feedback, TenantWords Words)
{
    public static KnowledgeView Of(KnowledgeIndex index, KnowledgeState state) => new(index, ItemFeedback.Of(state), TenantWords.Of(state.Vocabulary));
}
