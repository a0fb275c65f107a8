using System.Collections.Concurrent;
using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Anticipation;

/// <summary>Foresees questions with the shipped model and what each tenant's outcomes taught. Nothing is kept but for a while: the outcomes stand in the journal.</summary>
internal sealed class TenantTunings(
    IQuestionPredictor predictor, IPopupOutcomes outcomes, ITenants tenants, AssistanceOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(TenantId Tenant, double Precision), (TenantTuning Tuning, DateTimeOffset Until)> _kept = [];

    public async ValueTask<(QuestionForecast Forecast, TenantTuning Tuning)> PredictAsync(
        TenantId tenant, CustomerState customer, PopupPolicy policy, DateTimeOffset now, CancellationToken ct)
    {
        var tuning = await ForAsync(tenant, policy.Precision, ct);
        var forecast = predictor.Predict(customer, now, MomentOf(await tenants.ReadAsync(AnswerDesk.KeyOf(tenant), ct), now));
        return (forecast with { Ranked = tuning.Correction.Correct(forecast.Ranked) }, tuning);
    }

    /// <returns>Null for a shop that named no campaigns: the predictor knows retail's.</returns>
    private static CampaignMoment? MomentOf(TenantState merchant, DateTimeOffset now) => merchant is { Campaigns: [_, ..], Profile: { } profile }
        ? CampaignCalendar.At(merchant.Campaigns, Formats.DayIn(profile.TimeZone, now))
        : null;

    /// <param name="precision">Share of popups that shall be right.</param>
    public async ValueTask<TenantTuning> ForAsync(TenantId tenant, double precision, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_kept.TryGetValue((tenant, precision), out var kept) && now < kept.Until)
        {
            return kept.Tuning;
        }

        var tuning = Learn(await outcomes.NewestAsync(tenant, options.LearnedOutcomes, ct), precision);
        if (_kept.Count >= options.MaxIndexedTenants)
        {
            _kept.Clear(); // All come back with their next shopper.
        }

        _kept[(tenant, precision)] = (tuning, now + options.OutcomesStayFresh);
        return tuning;
    }

    internal TenantTuning Learn(IReadOnlyList<PopupResult> results, double precision)
    {
        var correction = OutcomeCorrection.Learn(results);
        var corrected = results
            .Select(result => (correction.Correct(result.Topic, result.Probability), result.Right, 1 / Math.Clamp(result.Exploration, 0.01, 1)))
            .ToArray();
        return new(correction, PopupThreshold.Choose(corrected, precision, predictor.ThresholdFor(precision)));
    }
}
