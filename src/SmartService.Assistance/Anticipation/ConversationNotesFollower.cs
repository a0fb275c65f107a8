using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Engine;

namespace SmartService.Assistance.Anticipation;

/// <summary>Tells customers what they talk about. Reads the conversation itself: late or twice, the note is the same.</summary>
internal sealed class ConversationNotesFollower(IConversations conversations, ICustomers customers, TimeProvider time) : IJournalFollower
{
    public string Name => "conversation-notes";

    /// <summary>What is said in one conversation meanwhile is noted once.</summary>
    public bool TakesLargeBatches => true;

    public bool Ignores(Type e) => !e.IsSubclassOf(typeof(ConversationEvent));

    public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct) =>
        Patience.ForEachAsync(events.Where(Matters).Select(e => e.Entity).Distinct(), NoteAsync, ct);

    private static bool Matters(JournalledEvent e) => e.Event is ConversationEvent.Opened or ConversationEvent.CustomerAsked
        or ConversationEvent.BotAnswered { Replies: 0 } or ConversationEvent.Closed or ConversationEvent.Erased;

    private async ValueTask NoteAsync(EntityKey conversation, CancellationToken ct)
    {
        var state = await conversations.ReadAsync(conversation, ct);
        if (state.Customer is { } customer)
        {
            var open = !state.IsClosed;
            var note = new CustomerCommand.NoteConversation(new(conversation.Id), open, open ? state.Topic : null, time.GetUtcNow());
            await customers.TellAsync(new(conversation.Tenant, customer.Value), note, time, ct);
        }
    }
}
