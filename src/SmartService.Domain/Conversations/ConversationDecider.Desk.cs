using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Conversations.ConversationEvent;
using Decision = SmartService.Domain.Decision<
    SmartService.Domain.Conversations.ConversationEvent, SmartService.Domain.Conversations.ConversationRefusal>;

namespace SmartService.Domain.Conversations;

/// <summary>What staff keep to themselves: notes, and whose conversation it is. Also of conversations that are closed.</summary>
public sealed partial class ConversationDecider
{
    private static Decision DecideNote(ConversationState state, AddNote c)
    {
        if (state.Notes.OrEmpty().Any(n => n.Id == c.NoteId))
        {
            return Decision.Unchanged;
        }

        if (string.IsNullOrWhiteSpace(c.Text))
        {
            return ConversationRefusal.EmptyText;
        }

        if (c.Text.Length > ConversationState.MaxTextLength)
        {
            return ConversationRefusal.TextTooLong;
        }

        return state.Notes.OrEmpty().Length >= ConversationState.MaxNotes
            ? ConversationRefusal.TooManyNotes
            : new NoteAdded(c.NoteId, c.Author, c.Text, c.At);
    }

    private static Decision DecideAssignment(ConversationState state, Assign c) =>
        state.Assignee?.Id == c.Member ? Decision.Unchanged : new Assigned(c.Member, c.Name, c.By, c.At);
}
