using System.Collections.Immutable;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Conversations;

/// <summary>Questions about the messages of a conversation. Looks from the newest: what is asked for is nearly always there.</summary>
internal static class Transcript
{
    /// <summary>Number of the next message.</summary>
    public static int Next(ConversationState state) => state.Messages.Count + 1;

    /// <summary>Whether a message with this client id is kept.</summary>
    public static bool Holds(ImmutableList<Message> messages, string clientId)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].ClientId == clientId)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the bot gave this answer before: same version of the same source, filled with the same facts.</summary>
    public static bool Said(ImmutableList<Message> messages, AnswerSource source, string text)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            var message = messages[i];
            if (message.Source is { } known
                && known.Id == source.Id
                && known.Version == source.Version
                && known.Kind == source.Kind
                && message.Text == text)
            {
                return true;
            }
        }

        return false;
    }
}
