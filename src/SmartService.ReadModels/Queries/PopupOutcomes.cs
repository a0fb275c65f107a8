using Microsoft.EntityFrameworkCore;
using SmartService.Domain;
using SmartService.Domain.Popups;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Queries;

#pragma warning disable CA1309 // Comparisons become SQL, which compares by code point; EF translates no StringComparison.

/// <remarks>
/// Who asked is looked for by way of their conversations, which lie together. Questions are joined crosswise and their moments added to nothing,
/// or SQLite prefers the index of moments and goes through what everybody asked then.
/// </remarks>
internal sealed class PopupOutcomes(IReadModelReader reader, TimeProvider time) : IPopupOutcomes
{
    private const int Most = 5_000;

    public async ValueTask<IReadOnlyList<PopupResult>> NewestAsync(TenantId tenant, int most, CancellationToken ct)
    {
        var window = IPopupOutcomes.Window.Ticks;
        var over = time.GetUtcNow().UtcTicks - window;
        await using var context = await reader.OpenAsync(ct);
        var rows = await context.Popups
            .Where(popup => popup.Tenant == tenant.Value && popup.Topic != "" && (popup.IsOpened || popup.IsDismissed || popup.IsIgnored || popup.At < over))
            .OrderByDescending(popup => popup.At).Take(Math.Clamp(most, 1, Most))
            .Select(popup => new
            {
                popup.Id, popup.Topic, popup.Probability, popup.Exploration, popup.IsWithheld, popup.IsOpened, popup.IsUnhelpful, popup.IsSeen, popup.At,
                Asked = context.Conversations.Where(chat => chat.Tenant == popup.Tenant && chat.Customer == popup.Customer)
                    .SelectMany(_ => context.Questions, (chat, question) => new { Chat = chat.Id, Question = question })
                    .Any(own => own.Question.Tenant == popup.Tenant && own.Question.Conversation == own.Chat
                        && own.Question.Intent == popup.Topic && own.Question.At + 0 >= popup.At && own.Question.At + 0 < popup.At + window),
            })
            .ToListAsync(ct);

        // A popup shown that nobody saw, because the page was left at once, says nothing.
        return
        [
            .. rows.Where(row => row.IsWithheld || row.IsSeen || row.Asked)
                .Select(row => new PopupResult(
                    new(row.Id), new(row.Topic), row.Probability, row.Exploration, row.IsWithheld, (row.IsOpened && !row.IsUnhelpful) || row.Asked,
                    new(row.At, TimeSpan.Zero))),
        ];
    }

    public async ValueTask<(LiftGroup Shown, LiftGroup Withheld)> GroupsAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var window = IPopupOutcomes.Window.Ticks;
        var (start, end) = (from.UtcTicks, Math.Min(to.UtcTicks, time.GetUtcNow().UtcTicks - window));
        await using var context = await reader.OpenAsync(ct);
        var groups = await context.Popups
            .Where(popup => popup.Tenant == tenant.Value && popup.At >= start && popup.At < end)
            .GroupBy(popup => popup.Customer)
            .Select(own => new { Customer = own.Key, At = own.Min(popup => popup.At), IsWithheld = own.Min(popup => popup.IsWithheld ? 1 : 0) })
            .GroupBy(first => first.IsWithheld)
            .Select(same => new
            {
                IsWithheld = same.Key,
                Customers = same.LongCount(),
                Asked = same.LongCount(first => context.Conversations.Where(chat => chat.Tenant == tenant.Value && chat.Customer == first.Customer)
                    .SelectMany(_ => context.Questions, (chat, question) => new { Chat = chat.Id, Question = question })
                    .Any(own => own.Question.Tenant == tenant.Value && own.Question.Conversation == own.Chat
                        && own.Question.At + 0 >= first.At && own.Question.At + 0 < first.At + window)),
            })
            .ToListAsync(ct);
        LiftGroup Of(int withheld) => groups.FirstOrDefault(group => group.IsWithheld == withheld) is { } group ? new(group.Customers, group.Asked) : default;
        return (Of(0), Of(1));
    }
}
#pragma warning restore CA1309
