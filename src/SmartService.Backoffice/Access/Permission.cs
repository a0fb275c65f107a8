namespace SmartService.Backoffice.Access;

/// <summary>What a route needs of who calls it. As a word: "conversations.read".</summary>
public enum Permission
{
    /// <summary>Whoever acts for a store: to see who one is.</summary>
    Self,
    ConversationsRead,
    ConversationsWrite,
    CustomersRead,
    CustomersWrite,
    KnowledgeRead,
    KnowledgeWrite,
    QuestionsRead,
    FiguresRead,
    LearningRead,
    LearningWrite,
    CannedRead,
    CannedWrite,
    StoreRead,
    StoreWrite,
    OrdersRead,
    OrdersWrite,
    OnboardingRead,
    WebhooksManage,
    MembersRead,
    MembersManage,
    AuditRead,
    KeysManage,
}
