using System.Runtime.CompilerServices;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Domain.Popups;
using SmartService.Engine.Feeds;
using SmartService.Engine.Queries;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Tests.World;

internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

internal sealed class TestPresence : IPresence
{
    public bool IsTypingNow { get; set; }

    public void Typing(TenantId tenant, CustomerId customer, bool typing) => IsTypingNow = typing;

    public bool IsTyping(TenantId tenant, CustomerId customer) => IsTypingNow;
}

/// <summary>Foresees the delay of a late parcel, and nothing else.</summary>
internal sealed class LatenessPredictor : IQuestionPredictor
{
    public float Probability { get; set; } = 0.8f;

    /// <summary>Shipped with it, whatever precision is wanted.</summary>
    public double Threshold { get; set; } = 0.35;

    public double ThresholdFor(double precision) => Threshold;

    /// <summary>What it was last told of the shop's campaigns.</summary>
    public CampaignMoment? Campaign { get; private set; }

    public QuestionForecast Predict(CustomerState customer, DateTimeOffset now, CampaignMoment? campaign = null)
    {
        Campaign = campaign;
        return customer.Orders.LastOrDefault(order => order.IsLate(now)) is { } late
            ? new([new(Intents.OrderDelay, Probability), new(new("delivery.fee"), 0.1f)], late.Id, null, ["parcel_late"], "lateness@1")
            : new([], null, null, [], "lateness@1");
    }
}

internal sealed class MemoryPopupOutcomes : IPopupOutcomes
{
    public List<PopupResult> Results { get; } = [];

    public int Reads { get; private set; }

    public ValueTask<IReadOnlyList<PopupResult>> NewestAsync(TenantId tenant, int most, CancellationToken ct)
    {
        Reads++;
        return new([.. Results.Take(most)]);
    }

    public ValueTask<(LiftGroup Shown, LiftGroup Withheld)> GroupsAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        throw new NotSupportedException();
}

internal sealed class MemoryQuestionLog : IQuestionLog
{
    public List<LoggedQuestion> Questions { get; } = [];

    public ValueTask<Page<LoggedQuestion>> SearchAsync(TenantId tenant, QuestionFilter filter, string? cursor, int limit, CancellationToken ct) =>
        throw new NotSupportedException();

    public async IAsyncEnumerable<LoggedQuestion> ExportAsync(TenantId tenant, QuestionFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var question in Questions.OrderByDescending(question => question.At).Where(question => Matches(question, filter)))
        {
            yield return question;
        }
    }

    public ValueTask<LoggedQuestion?> FindAsync(TenantId tenant, ConversationId conversation, int number, CancellationToken ct) =>
        new(Questions.FirstOrDefault(question => question.Conversation == conversation && question.Number == number));

    private static bool Matches(LoggedQuestion question, QuestionFilter filter) =>
        (filter.From is not { } from || question.At >= from)
        && (filter.Outcome is not { } outcome || question.Outcome == outcome)
        && (filter.Unanswered is not true || question.Outcome == QuestionOutcome.HandedOff || question.Helpful == false);
}
