using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.ReadModels.Storage;

/// <summary>The tables as projections write them, whatever keeps them. One writer at a time; what was written before is seen.</summary>
internal interface IReadModelTables
{
    RowCache<(string Tenant, string Id), CustomerEntry> Customers { get; }

    RowCache<(string Tenant, string Id), ConversationEntry> Conversations { get; }

    RowCache<(string Tenant, string Conversation, int Number), QuestionEntry> Questions { get; }

    /// <summary>Numbers of the questions of a conversation that nobody has answered: waiting, or handed off.</summary>
    IReadOnlyList<int> OpenQuestions(string tenant, string conversation);

    /// <summary>Number of the first question that a message answered; null when it answered none.</summary>
    int? QuestionAnsweredBy(string tenant, string conversation, int number);

    void AddTenant(string id, string name, string locale, long createdAt);

    void ChangeTenant(string id, string name, string locale);

    /// <returns>False when it was known.</returns>
    bool AddOrder(string tenant, string order, string customer);

    /// <returns>Null when the order is not known.</returns>
    string? CustomerOfOrder(string tenant, string order);

    void AddPopup(string tenant, PopupId popup, string customer, long at, bool withheld, IntentId topic, double probability, double exploration);

    /// <summary>Whatever is reported of a popup, it was seen.</summary>
    void ReportPopup(string tenant, PopupId popup, PopupOutcome outcome);

    void PutForecast(string tenant, string customer, long at, ImmutableArray<IntentScore> ranked);

    /// <returns>1 to 3, 0 when the newest forecast had other intents, null when there was none in time.</returns>
    int? PlaceInForecast(string tenant, string customer, IntentId intent, DateTimeOffset asked);

    /// <param name="customer">Null until the customer of an order is known.</param>
    void AddToTimeline(JournalledEvent e, string? customer);

    /// <summary>A parcel was scanned before its order was placed: now it is known whose it is.</summary>
    void OwnTimeline(string tenant, string entity, string customer);

    void EraseCustomer(string tenant, string customer);

    /// <param name="customer">Null when the conversation is not known here.</param>
    void EraseConversation(string tenant, string conversation, string? customer);

    /// <param name="customer">Null when the order was never placed.</param>
    void EraseOrder(string tenant, string order, string entity, string? customer);
}
