using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Popups;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Staff;

/// <summary>Items on the wire and in the domain.</summary>
internal static class ContentReading
{
    public static ItemContent Read(
        Checks checks, string? intent, string? question, IReadOnlyList<string>? variants, string? answer, string? locale,
        IReadOnlyList<ActionRequest?>? actions, DateTimeOffset? validFrom, DateTimeOffset? validTo)
    {
        var content = new ItemContent(
            string.IsNullOrEmpty(intent) ? null : new IntentId(intent), question ?? "", [.. variants ?? []], answer ?? "", locale ?? "",
            [.. (actions ?? []).Select(a => new AnswerAction(a?.Label ?? "", a?.Url))], validFrom?.ToUniversalTime(), validTo?.ToUniversalTime());
        checks.AddRange(ContentRules.Check(content).ToFaults());
        return content;
    }

    /// <summary>The name a person acts under; the credential's own when none is given.</summary>
    public static string Author(Checks checks, string? author, Access.Caller caller)
    {
        checks.OptionalText("author", author, 100);
        return caller.AuthorOr(author);
    }

    public static ContentView ToView(this ItemContent c) => new(
        c.Intent?.Value, c.Question, c.Variants, c.Answer, c.Locale, c.Actions.ToViews(), c.ValidFrom, c.ValidTo);

    public static ItemView ToView(this Item item, KnowledgeState state, bool withVersions)
    {
        var live = item.Live;
        var c = live.Content;
        return new(
            item.Id.Value, live.Version, live.Retired, c.Intent?.Value, c.Question, c.Variants, c.Answer, c.Locale, c.Actions.ToViews(), c.ValidFrom,
            c.ValidTo, live.Author, live.At, state.Downvotes.GetValueOrDefault(item.Id.Value),
            withVersions ? [.. item.Versions.Select(v => new VersionView(v.Version, v.Content.ToView(), v.Author, v.At, v.Retired, v.Release))] : null);
    }

    public static CandidateView ToView(this Candidate c) => new(
        c.Id, c.Question, c.Examples, c.Count, c.Origin, c.Status, c.Replaces?.Value, c.Content?.ToView(), c.Author, c.At, c.Suggested);

    public static ReleaseView ToView(this Release r, bool withChanges) => new(
        r.Id, r.Note, r.Candidates, r.Status, r.Replay?.ToView(withChanges), r.Author, r.ApprovedBy, r.At);

    private static ReplayView ToView(this ReplayReport r, bool withChanges) => new(
        r.Days, r.Questions, r.Changed, r.Gains, r.Losses,
        withChanges
            ? [.. r.Changes.Select(c => new ChangeView(c.Question, c.Locale, c.Before, c.After, c.ConfidenceBefore, c.ConfidenceAfter, c.Gain, c.Loss))]
            : [],
        r.At);
}
