using SmartService.Assistance.Answers;
using SmartService.Assistance.Anticipation;
using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Engine;

namespace SmartService.Assistance;

/// <remarks>Predicts anew at every call, which costs microseconds: a list must not be older than the page the shopper is on.</remarks>
internal sealed class Suggestions(ICustomers customers, AnswerDesk desk, TenantTunings tunings, TimeProvider time) : ISuggestions
{
    private const int Most = 6;
    private const int FilledTo = 4;
    private const float LeastProbability = 0.02f;

    public async ValueTask<IReadOnlyList<Suggestion>> ForAsync(TenantId tenant, CustomerId customer, string locale, CancellationToken ct)
    {
        var context = await desk.ContextAsync(tenant, customer, locale, ct);
        var (forecast, _) = await tunings.PredictAsync(tenant, context.Customer, context.Policy.Popups, context.Now, ct);
        var likely = SuggestionList.Pick(forecast.Ranked.Where(score => score.Probability >= LeastProbability && IntentLabels.IsQuestion(score.Intent)), Most);
        var fill = IntentLabels.Common.Select(intent => new IntentScore(intent, 0));
        return
        [
            .. likely.Concat(fill)
                .DistinctBy(score => score.Intent)
                .Select(score => (Score: score, Label: AnswerComposer.Label(context, score.Intent)))
                .Where(named => named.Label is not null)
                .Take(Math.Max(FilledTo, likely.Count))
                .Select((named, i) => new Suggestion(named.Score.Intent, named.Label!, i + 1, named.Score.Probability)),
        ];
    }

    public async ValueTask ChooseAsync(TenantId tenant, CustomerId customer, string operationId, IntentId intent, int rank, CancellationToken ct) =>
        await customers.HandleAsync(new(tenant, customer.Value), new CustomerCommand.ChooseSuggestion(operationId, intent, rank, time.GetUtcNow()), ct);
}
