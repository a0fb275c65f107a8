using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

/// <summary>Conversations the bot still holds: neither handed off, closed nor rated, and not silent for long. Any other that was not handed off counts as resolved.</summary>
/// <remarks>
/// They were last at work a moment ago, so there are few of them, and the index of last moments finds them. What is resolved is then a difference of
/// counts that stand in the index of first moments; asked of each conversation, it would be a look at each conversation's own page.
/// </remarks>
internal static class Undecided
{
    /// <param name="from">Opened at or after.</param>
    /// <param name="to">Opened before.</param>
    public static IQueryable<ConversationEntry> Among(ReadModelContext context, string tenant, long from, long to, long silentSince) => context.Conversations.Where(row =>
        row.Tenant == tenant && row.LastAt >= silentSince && !row.WasHandedOff && row.IsOpen && row.Score == null &&
        row.OpenedAt + 0 >= from && row.OpenedAt + 0 < to); // "+ 0": or SQLite prefers the index of first moments, for its two bounds.
}
