using SmartService.Assistance.Answers;
using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine;
using SmartService.Engine.Feeds;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Anticipation;

/// <summary>Foresees a customer's next question and asks the popup contract whether its answer may show.</summary>
/// <remarks>Calls customers in passing: the shop may have reported their visits in bulk, and nobody else may call them.</remarks>
internal sealed class Anticipator(
    ICustomers customers, AnswerDesk desk, TenantTunings tunings, IPresence presence, AssistanceOptions options, TimeProvider time)
{
    /// <summary>Topics tried when the shopper closed, saw or talks about a likelier one.</summary>
    private const int MostTopics = 3;

    public async Task AnticipateAsync(Trigger trigger, CancellationToken ct)
    {
        var customer = await customers.ReadInPassingAsync(trigger.Customer, ct);
        if (customer.IsErased)
        {
            return;
        }

        var now = time.GetUtcNow();
        var policy = (await desk.PolicyAsync(trigger.Customer.Tenant, ct)).Popups;
        var (forecast, tuning) = await tunings.PredictAsync(trigger.Customer.Tenant, customer, policy, now, ct);
        var note = new CustomerCommand.NoteForecast([.. forecast.Ranked.Take(10)], forecast.Order, forecast.Product, forecast.Model, now);

        // Not awaited yet: the shopper waits for the offer. Both commands queue at the same entity, so they share a commit.
        var noting = customers.HandleInPassingAsync(trigger.Customer, note, ct).AsTask();
        await OfferAsync(trigger, customer, forecast, policy, tuning.Threshold, ct);
        await noting;
    }

    private async ValueTask OfferAsync(
        Trigger trigger, CustomerState customer, QuestionForecast forecast, PopupPolicy policy, double threshold, CancellationToken ct)
    {
        // Whether one near the threshold is shown to learn, the contract decides.
        var least = Math.Max(policy.MinProbability, threshold * PopupContract.Near);
        var likely = forecast.Ranked.Where(score => score.Probability >= least && IsWorthPopup(score.Intent)).Take(MostTopics).ToArray();
        if (!policy.Enabled || likely.Length == 0 || PageOf(trigger, customer) is not { } page)
        {
            return;
        }

        var id = new CustomerId(trigger.Customer.Id);
        var context = await desk.ContextForAsync(trigger.Customer.Tenant, customer, customer.Locale, ct);
        foreach (var score in likely)
        {
            if (HelpWriter.Write(context, trigger, forecast, score) is not { } help)
            {
                continue;
            }

            var offer = new CustomerCommand.OfferHelp(
                help, page.Session, page.Id, presence.IsTyping(trigger.Customer.Tenant, id), policy, trigger.Customer.Tenant, id, time.GetUtcNow(),
                threshold, HelpWriter.ChanceOf(help.Id));
            var reply = await customers.HandleInPassingAsync(trigger.Customer, offer, ct);
            if (reply.Refusal is not (CustomerRefusal.TopicClosed or CustomerRefusal.AlreadyShown or CustomerRefusal.AlreadyTalking))
            {
                return;
            }
        }
    }

    private static bool IsWorthPopup(IntentId intent) => IntentLabels.IsQuestion(intent) && intent != Intents.ServiceHuman;

    /// <summary>
    /// The page the shopper is on now. Not the one that triggered: the report of how long an earlier page was read may come
    /// behind the next page, and must not take its place. After an order event only if the shopper is still there to see a popup.
    /// </summary>
    private PageVisit? PageOf(Trigger trigger, CustomerState customer)
    {
        if (customer.Visits.IsDefaultOrEmpty)
        {
            return null;
        }

        var newest = customer.Visits[^1];
        return trigger.IsVisit || time.GetUtcNow() - newest.At <= options.ShopperStaysPresent ? newest : null;
    }
}
