using System.Collections.Immutable;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;
using SmartService.Gateway.Backoffice;

namespace SmartService.Gateway.Shoppers;

/// <summary>From the domain's types to what crosses the wire.</summary>
internal static class Views
{
    public static ConversationView ToView(this ConversationState state, string id, int after = 0, bool forStaff = false) => new(
        id, forStaff ? state.Customer?.Value : null, state.Mode, state.Agent, !state.IsClosed, state.Locale, state.ReadByCustomer, state.ReadByAgent, state.Score,
        [.. state.Messages.Where(m => m.Number > after).Select(ToView)]);

    /// <summary>With what only staff may see.</summary>
    public static ConversationView ToStaffView(this ConversationState state, string id, IReadOnlyList<PresentView> present, int after = 0) =>
        state.ToView(id, after, forStaff: true) with
        {
            Notes = [.. (state.Notes.IsDefault ? [] : state.Notes).Select(n => new NoteView(n.Id, n.Author, n.Text, n.At))],
            Assignee = state.Assignee is { } member ? new(member.Id, member.Name) : null,
            Present = present,
        };

    public static ConversationSummary ToSummary(this ConversationState state, string id)
    {
        var last = state.Messages.Count > 0 ? state.Messages[^1] : null;
        var unread = state.Messages.Count(m => m.Author != MessageAuthor.Customer && m.Number > state.ReadByCustomer);
        return new(id, state.Mode, !state.IsClosed, last?.Text, last?.At, unread);
    }

    public static MessageView ToView(this Message m) => new(
        m.Number, m.Author, m.Text, m.At, m.ClientId, m.Agent, m.Replies == 0 ? null : m.Replies, m.Intent?.Value, m.Confidence,
        m.Source?.ToView(), m.Actions.ToViews(), m.Options.ToViews(), m.Helpful, m.Reason)
    {
        Also = m.Also.IsDefaultOrEmpty ? null : m.Also.ToViews(),
        Contact = m.Contact,
    };

    public static SourceView ToView(this AnswerSource source) => new(source.Kind, source.Id, source.Version, source.Title);

    public static IReadOnlyList<ActionView> ToViews(this ImmutableArray<AnswerAction> actions) =>
        actions.IsDefaultOrEmpty ? [] : [.. actions.Select(a => new ActionView(a.Label, a.Url))];

    public static IReadOnlyList<OptionView> ToViews(this ImmutableArray<ClarifyOption> options) =>
        options.IsDefaultOrEmpty ? [] : [.. options.Select(o => new OptionView(o.Intent.Value, o.Label))];

    public static IReadOnlyList<SourceView> ToViews(this ImmutableArray<AnswerSource> sources) =>
        sources.IsDefaultOrEmpty ? [] : [.. sources.Select(ToView)];
}
