using Microsoft.EntityFrameworkCore;

namespace SmartService.Backoffice.Members;

/// <summary>How far each member has read: what is unread for one is not for all.</summary>
public sealed class SeenMarks(MembersContext context, TimeProvider clock)
{
    private const int MostOfOneMember = 20_000;

    /// <summary>A mark only moves on.</summary>
    public async Task MarkAsync(string member, string tenant, string conversation, int upTo, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcTicks;
        await context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO seen ("Member", "Tenant", "Conversation", "UpTo", "At") VALUES ({member}, {tenant}, {conversation}, {upTo}, {now})
             ON CONFLICT ("Member", "Tenant", "Conversation") DO UPDATE SET
               "UpTo" = CASE WHEN seen."UpTo" > excluded."UpTo" THEN seen."UpTo" ELSE excluded."UpTo" END, "At" = excluded."At"
             """,
            ct);
        if (await context.Seen.CountAsync(s => s.Member == member, ct) > MostOfOneMember)
        {
            var kept = context.Seen.Where(s => s.Member == member).OrderByDescending(s => s.At).Take(MostOfOneMember / 2).Select(s => s.Conversation);
            await context.Seen.Where(s => s.Member == member && !kept.Contains(s.Conversation)).ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>Numbers of the last messages seen; those never seen are missing.</summary>
    public async Task<IReadOnlyDictionary<string, int>> OfAsync(string member, string tenant, IReadOnlyCollection<string> conversations, CancellationToken ct) =>
        await context.Seen.AsNoTracking()
            .Where(s => s.Member == member && s.Tenant == tenant && conversations.Contains(s.Conversation))
            .ToDictionaryAsync(s => s.Conversation, s => s.UpTo, ct);
}
