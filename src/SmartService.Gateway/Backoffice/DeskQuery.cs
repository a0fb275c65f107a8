using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Backoffice;

/// <summary>The filters of the list of conversations as they stand in an address.</summary>
internal sealed record DeskQuery
{
    public string? Mode { get; init; }

    public bool? Open { get; init; }

    public string? Customer { get; init; }

    public string? Assignee { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public bool? HandedOff { get; init; }

    public bool? Resolved { get; init; }

    public int? Score { get; init; }

    public bool? Waiting { get; init; }

    public string? Popup { get; init; }

    public bool? CallBack { get; init; }

    /// <exception cref="ProblemException">A filter is out of range.</exception>
    public DeskFilter ToFilter(Caller caller)
    {
        ConversationMode mode = default;
        var checks = new Checks();
        checks.Must(Mode is null || Words.TryRead(Mode, out mode), "mode", Words.All<ConversationMode>());
        checks.Range("score", Score, 1, 5);
        checks.Must(Popup is null or "offered" or "seen" or "opened" or "dismissed" or "ignored" or "helpful" or "withheld", "popup",
            "offered, seen, opened, dismissed, ignored, helpful or withheld");
        checks.Must(From is null || To is null || From <= To, "to", "not before from");
        checks.Must(Assignee != "me" || caller.Member is not null, "assignee", "\"me\" only for members");
        checks.ThrowIfAny();
        return new(
            Mode is null ? null : mode, Open, Customer is null ? null : new CustomerId(Customer),
            Assignee switch { null => null, "none" => "", "me" => caller.Member!.Member, _ => Assignee },
            From?.ToUniversalTime(), To?.ToUniversalTime(), HandedOff, Resolved, Score, Waiting, Popup, CallBack);
    }
}
