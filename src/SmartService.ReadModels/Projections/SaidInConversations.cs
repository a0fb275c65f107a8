using Microsoft.EntityFrameworkCore;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine;
using SmartService.ReadModels.Queries;

namespace SmartService.ReadModels.Projections;

/// <summary>
/// What was said is most of what happens, and every conversation's history lies in the journal already: a timeline reads it there when it is
/// shown, instead of noting each message as one of its entries. Whatever else happens to a conversation is rare, and noted.
/// </summary>
internal static class SaidInConversations
{
    /// <summary>
    /// Nothing is said before a conversation's first moment or after its last one, as they stand in the table. They are gateways' moments and an
    /// entry's is the journal's: clocks may differ by less than this.
    /// </summary>
    private static readonly long Slack = TimeSpan.TicksPerHour;

    /// <summary>Moves a conversation's first or last moment; not noted in a timeline.</summary>
    public static bool Holds(ConversationEvent happened) => happened is ConversationEvent.Opened or ConversationEvent.CustomerAsked
        or ConversationEvent.BotAnswered or ConversationEvent.BotClarified or ConversationEvent.HandedOff or ConversationEvent.AgentReplied;

    /// <summary>The newest before a position, in no order; there may be more than were asked for.</summary>
    /// <param name="before">And when the event at that position happened, UTC ticks: conversations opened later are not read.</param>
    public static async ValueTask<List<JournalledEvent>> NewestAsync(
        ReadModelContext context, IJournalReader journal, TenantId tenant, CustomerId customer, (long Position, long At) before, int most, CancellationToken ct)
    {
        var latest = before.At > long.MaxValue - Slack ? long.MaxValue : before.At + Slack;
        var conversations = await context.Conversations
            .Where(row => row.Tenant == tenant.Value && row.Customer == customer.Value && row.OpenedAt <= latest)
            .OrderByDescending(row => row.LastAt)
            .Select(row => new { row.Id, row.LastAt })
            .ToListAsync(ct);
        var said = new List<JournalledEvent>();
        foreach (var conversation in conversations)
        {
            if (said.Count >= most)
            {
                said.Sort((one, other) => other.Position.CompareTo(one.Position));
                said.RemoveRange(most, said.Count - most);
                if (conversation.LastAt < said[^1].At.UtcTicks - Slack)
                {
                    break; // All that is left is older.
                }
            }

            var history = await journal.ReadEntityAsync(Regions.Conversations.Name, new(tenant, conversation.Id), ct);
            said.AddRange(history.Where(e => e.Position < before.Position && e.Event is ConversationEvent happened && Holds(happened)));
        }

        return said;
    }
}
