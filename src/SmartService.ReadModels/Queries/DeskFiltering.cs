using SmartService.Domain.Conversations;
using SmartService.Engine.Queries;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

/// <summary>Conversations behind a figure.</summary>
internal static class DeskFiltering
{
    public static IQueryable<ConversationEntry> Apply(ReadModelContext context, string tenant, DeskFilter filter, long silentSince)
    {
        var rows = BySpan(BySide(context.Conversations.Where(row => row.Tenant == tenant), filter), filter);
        if (filter.HandedOff is { } handedOff)
        {
            rows = rows.Where(row => row.WasHandedOff == handedOff);
        }

        if (filter.Resolved is { } resolved)
        {
            rows = rows.Where(row => (!row.WasHandedOff && (!row.IsOpen || row.Score != null || row.LastAt < silentSince)) == resolved);
        }

        if (filter.Score is { } score)
        {
            rows = rows.Where(row => row.Score == score);
        }

        if (filter.Waiting is { } waiting)
        {
            rows = rows.Where(row => (row.HandedOffAt != null && row.PersonAt == null && row.IsOpen && row.Mode == 1) == waiting);
        }

        if (filter.CallBack is { } callBack)
        {
            var left = context.Questions
                .Where(question => question.Tenant == tenant && question.Reason == (int)HandOffReason.CallBack && question.Outcome == (int)QuestionOutcome.HandedOff)
                .Select(question => question.Conversation);
            rows = rows.Where(row => left.Contains(row.Id) == callBack);
        }

        return filter.Popup is { } popup ? ByPopup(context, rows, tenant, popup, filter) : rows;
    }

    private static IQueryable<ConversationEntry> BySide(IQueryable<ConversationEntry> rows, DeskFilter filter)
    {
        if (filter.Mode is { } mode)
        {
            rows = rows.Where(row => row.Mode == (int)mode);
        }

        if (filter.Open is { } open)
        {
            rows = rows.Where(row => row.IsOpen == open);
        }

        if (filter.Customer is { Value: var customer })
        {
            rows = rows.Where(row => row.Customer == customer);
        }

        return filter.Assignee switch
        {
            null => rows,
            "" => rows.Where(row => row.Assignee == null),
            { } member => rows.Where(row => row.Assignee == member),
        };
    }

    private static IQueryable<ConversationEntry> BySpan(IQueryable<ConversationEntry> rows, DeskFilter filter)
    {
        // With a popup the span is the popup's: the conversation may have been opened later.
        if (filter.Popup is not null)
        {
            return rows;
        }

        if (filter.From is { UtcTicks: var from })
        {
            rows = rows.Where(row => row.OpenedAt >= from);
        }

        return filter.To is { UtcTicks: var to } ? rows.Where(row => row.OpenedAt < to) : rows;
    }

    private static IQueryable<ConversationEntry> ByPopup(
        ReadModelContext context, IQueryable<ConversationEntry> rows, string tenant, string what, DeskFilter filter)
    {
        var (from, to) = (filter.From?.UtcTicks ?? 0, filter.To?.UtcTicks ?? long.MaxValue);
        var popups = context.Popups.Where(popup => popup.Tenant == tenant && popup.At >= from && popup.At < to);
        popups = what switch
        {
            "withheld" => popups.Where(popup => popup.IsWithheld),
            "seen" => popups.Where(popup => popup.IsSeen),
            "opened" => popups.Where(popup => popup.IsOpened),
            "dismissed" => popups.Where(popup => popup.IsDismissed),
            "ignored" => popups.Where(popup => popup.IsIgnored),
            "helpful" => popups.Where(popup => popup.IsHelpful),
            _ => popups.Where(popup => !popup.IsWithheld),
        };

        // Gathered once: few popups have an outcome that is asked for, and looking for one at every conversation would find none at most.
        return rows.Where(row => popups.Select(popup => popup.Customer).Contains(row.Customer));
    }
}
