using System.Collections.Immutable;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Conversations;

/// <summary>Questions about the messages of a conversation.</summary>
/// <remarks>Walking 2,000 messages for each new one would cost 50 µs. So the state keeps one 32-bit mark per message, made of
/// its client id or its source; a search compares marks, many at a time, and looks at a message only when its mark fits.</remarks>
internal static class Transcript
{
    private const int SeveralSources = 1;

    /// <summary>Number of the next message.</summary>
    public static int Next(ConversationState state) => state.Messages.Count + 1;

    /// <summary>Whether a message with this client id is kept.</summary>
    public static bool Holds(ConversationState state, string clientId) => NumberOf(state, clientId) > 0;

    /// <summary>Number of the message with this client id; 0 when there is none.</summary>
    public static int NumberOf(ConversationState state, string clientId)
    {
        var mark = MarkOf(clientId);
        for (var i = Find(state, mark, 0); i >= 0; i = Find(state, mark, i + 1))
        {
            if (state.Messages[i] is var message && message.ClientId == clientId)
            {
                return message.Number;
            }
        }

        return 0;
    }

    /// <summary>Whether the bot gave this answer before: same version of the same source, filled with the same facts.</summary>
    public static bool Said(ConversationState state, AnswerSource source, string text)
    {
        var mark = MarkOf(source);
        for (var i = Find(state, mark, 0); i >= 0; i = Find(state, mark, i + 1))
        {
            var message = state.Messages[i];
            if (message.Source is { } known
                && known.Id == source.Id
                && known.Version == source.Version
                && known.Kind == source.Kind
                && message.Text == text)
            {
                return true;
            }
        }

        return SaidAmongOthers(state, source, text);
    }

    /// <summary>Answers to several questions at once share one mark, so that an answer is also found as a part of one.</summary>
    private static bool SaidAmongOthers(ConversationState state, AnswerSource source, string text)
    {
        for (var i = Find(state, SeveralSources, 0); i >= 0; i = Find(state, SeveralSources, i + 1))
        {
            var message = state.Messages[i];
            if (message.Source is { } first && message.Text.Contains(text, StringComparison.Ordinal)
                && (Same(first, source) || message.Also.Any(also => Same(also, source))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(AnswerSource one, AnswerSource other) => one.Id == other.Id && one.Version == other.Version && one.Kind == other.Kind;

    /// <summary>Adds a message and its mark.</summary>
    public static ConversationState With(ConversationState state, Message message) => state with
    {
        Messages = state.Messages.Add(message),
        Marks = state.Marks.Add(MarkOf(message)),
    };

    public static int MarkOf(Message message) => message switch
    {
        { ClientId: { } clientId } => MarkOf(clientId),
        { Also.IsDefaultOrEmpty: false } => SeveralSources,
        { Source: { } source } => MarkOf(source),
        _ => 0,
    };

    private static int Find(ConversationState state, int mark, int from)
    {
        var found = state.Marks.AsSpan()[from..].IndexOf(mark);
        return found < 0 ? -1 : from + found;
    }

    // Marks are stored with the state, so they must not depend on the process as string.GetHashCode does: FNV-1a, 32 bits.
    private static int MarkOf(string text) => (int)Add(2166136261, text);

    private static int MarkOf(AnswerSource source) => (int)(Add(Add(2166136261, source.Kind), source.Id) ^ (uint)source.Version);

    private static uint Add(uint hash, string text)
    {
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 16777619;
        }

        return hash;
    }
}
