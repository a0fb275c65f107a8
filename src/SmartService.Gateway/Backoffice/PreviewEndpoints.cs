using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Domain.Conversations;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Merchants;

namespace SmartService.Gateway.Backoffice;

internal sealed record PreviewRequest(int? Days, PolicyView? Policy);

internal sealed record PreviewCounts(int Answered, int Clarified, int HandedOff);

internal sealed record PreviewChange(
    string Conversation, int Number, string Question, string Intent, double Confidence, QuestionAction Before, QuestionAction After);

internal sealed record PreviewPopups(int Before, int After);

internal sealed record PreviewAnswer(
    DateTimeOffset From, DateTimeOffset To, int Questions, int Changed, PreviewCounts Before, PreviewCounts After, IReadOnlyList<PreviewChange> Changes,
    int Forecasts, PreviewPopups Popups);

/// <summary>What would have changed under another policy: logged questions are understood and answered once more, and both policies decide.</summary>
internal static class PreviewEndpoints
{
    private const int MostQuestions = 1_000;
    private const int MostForecasts = 50_000;
    private const int MostChanges = 100;
    private const int PageSize = 200;
    private static readonly BotPhrases NoPhrases = new("", "", "", "", "");

    public static async Task<Results<Ok<PreviewAnswer>, Problem>> PreviewAsync(
        Caller caller, Body<PreviewRequest> body, ITenants tenants, IAssistant assistant, IQuestionLog log, IInsights insights, TimeProvider clock, CancellationToken ct)
    {
        var checks = new Checks();
        checks.Range("days", body.Value.Days, 1, 7);
        checks.Must(body.Value.Policy is not null, "policy", "is missing");
        checks.ThrowIfAny();
        var now = (await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)).Policy;
        var then = PolicyReading.Merge(checks, now, body.Value.Policy!);
        checks.ThrowIfAny();
        var to = clock.GetUtcNow();
        var from = to - TimeSpan.FromDays(body.Value.Days ?? 1);
        var tally = await ReplayAsync(caller, assistant, log, new(From: from, To: to), now, then, ct);
        var likeliest = await insights.LikeliestAsync(caller.Tenant, from, to, MostForecasts, ct);
        return TypedResults.Ok(new PreviewAnswer(
            from, to, tally.Questions, tally.Changed, Tally.Count(tally.Before), Tally.Count(tally.After), tally.Changes, likeliest.Count,
            new(Shown(likeliest, now), Shown(likeliest, then))));
    }

    private static async Task<Tally> ReplayAsync(
        Caller caller, IAssistant assistant, IQuestionLog log, QuestionFilter span, TenantPolicy now, TenantPolicy then, CancellationToken ct)
    {
        var tally = new Tally();
        string? cursor = null;
        do
        {
            var page = await log.SearchAsync(caller.Tenant, span, cursor, PageSize, ct);
            foreach (var question in page.Items.Where(q => q.Text.Length > 0))
            {
                var read = await assistant.RehearseAsync(caller.Tenant, question.Text, question.Language, question.Customer, ct);
                tally.Add(question, read, Decide(read, now), Decide(read, then));
            }

            cursor = page.Next;
        }
        while (cursor is not null && tally.Questions < MostQuestions);
        return tally;
    }

    /// <summary>The conversation's own rules, on a conversation that is never written.</summary>
    private static QuestionAction Decide(Rehearsal read, TenantPolicy policy)
    {
        var at = DateTimeOffset.UnixEpoch;
        var opened = ConversationDecider.Evolve(ConversationDecider.Initial, new ConversationEvent.Opened(new("preview"), "en", null, at));
        var ask = new ConversationCommand.Ask("preview-1", "?", read.Reading, read.Candidates, read.Options, NoPhrases, policy.Bot, at) { Rules = policy.HandOff };
        return ConversationDecider.Decide(opened, ask).Events[^1] switch
        {
            ConversationEvent.BotAnswered => QuestionAction.Answer,
            ConversationEvent.BotClarified => QuestionAction.Clarify,
            _ => QuestionAction.HandOff,
        };
    }

    /// <summary>Forecasts whose likeliest question is likely enough; budget, pause and holdout come after.</summary>
    private static int Shown(IReadOnlyList<double> likeliest, TenantPolicy policy) =>
        policy.Popups.Enabled ? likeliest.Count(p => p >= policy.Popups.MinProbability) : 0;

    private sealed class Tally
    {
        public int Questions { get; private set; }

        public int Changed { get; private set; }

        public Dictionary<QuestionAction, int> Before { get; } = [];

        public Dictionary<QuestionAction, int> After { get; } = [];

        public List<PreviewChange> Changes { get; } = [];

        public void Add(LoggedQuestion question, Rehearsal read, QuestionAction before, QuestionAction after)
        {
            Questions++;
            Before[before] = Before.GetValueOrDefault(before) + 1;
            After[after] = After.GetValueOrDefault(after) + 1;
            if (before == after)
            {
                return;
            }

            Changed++;
            if (Changes.Count < MostChanges)
            {
                var confidence = read.Candidates.IsDefaultOrEmpty ? 0 : read.Candidates[0].Confidence;
                Changes.Add(new(question.Conversation.Value, question.Number, question.Text, read.Reading.Intent.Value, confidence, before, after));
            }
        }

        public static PreviewCounts Count(Dictionary<QuestionAction, int> actions) => new(
            actions.GetValueOrDefault(QuestionAction.Answer), actions.GetValueOrDefault(QuestionAction.Clarify), actions.GetValueOrDefault(QuestionAction.HandOff));
    }
}
