using System.Collections.Frozen;
using System.Text.Json;
using static SmartService.Backoffice.Access.Permission;

namespace SmartService.Backoffice.Access;

/// <summary>The one table of who may do what; docs/api.md shows the same.</summary>
public static class RoleTable
{
    private static readonly Permission[] Reading =
    [
        Self, ConversationsRead, CustomersRead, KnowledgeRead, QuestionsRead, FiguresRead, LearningRead, CannedRead, StoreRead, OrdersRead, OnboardingRead,
    ];

    private static readonly Permission[] Managing =
    [
        .. Reading, ConversationsWrite, CannedWrite, KnowledgeWrite, StoreWrite, OrdersWrite, CustomersWrite, LearningWrite, WebhooksManage,
        MembersRead, MembersManage, AuditRead,
    ];

    private static readonly FrozenDictionary<MemberRole, FrozenSet<Permission>> Table = new Dictionary<MemberRole, FrozenSet<Permission>>
    {
        [MemberRole.Owner] = Enum.GetValues<Permission>().ToFrozenSet(),
        [MemberRole.Manager] = Managing.ToFrozenSet(),
        [MemberRole.Reviewer] = Reading.Concat([CannedWrite, KnowledgeWrite]).ToFrozenSet(),
        [MemberRole.Agent] = Reading.Concat([ConversationsWrite, CannedWrite]).ToFrozenSet(),
        [MemberRole.Analyst] = Reading.ToFrozenSet(),
        [MemberRole.Reader] = Reading.ToFrozenSet(),
    }.ToFrozenDictionary();

    /// <summary>What an agent key may do: support staff's work, nothing of the store's settings.</summary>
    public static FrozenSet<Permission> AgentKey { get; } = new[]
    {
        Self, ConversationsRead, ConversationsWrite, CustomersRead, KnowledgeRead, KnowledgeWrite, QuestionsRead, FiguresRead, LearningRead, CannedRead, CannedWrite,
    }.ToFrozenSet();

    public static FrozenSet<Permission> Of(MemberRole role) => Table[role];

    public static bool Allows(MemberRole role, Permission permission) => Table[role].Contains(permission);

    /// <summary>"conversations.read"</summary>
    public static string Word(Permission permission) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(permission.ToString()).Replace('_', '.');

    /// <summary>The words of a set, in order, without what everyone has.</summary>
    public static IReadOnlyList<string> Words(IEnumerable<Permission> permissions) => [.. permissions.Where(p => p != Self).Select(Word).Order(StringComparer.Ordinal)];
}
