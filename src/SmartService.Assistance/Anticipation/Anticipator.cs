using SmartService.Assistance.Answers;
using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Engine.Feeds;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Anticipation;

/// <summary>Foresees a customer's next question and asks the popup contract whether its answer may show.</summary>
internal sealed class Anticipator(
    ICustomers customers, AnswerDesk desk, IQuestionPredictor predictor, IPresence presence, AssistanceOptions options, TimeProvider time)
{
    /// <summary>Topics tried when the shopper closed, saw or talks about a likelier one.</summary>
    private const int MostTopics = 3;

    public async Task AnticipateAsync(Trigger trigger, CancellationToken ct)
    {
        var customer = await customers.ReadAsync(trigger.Customer, ct);
        if (customer.IsErased)
        {
            return;
        }

        var now = time.GetUtcNow();
        var forecast = predictor.Predict(customer, now);
        var note = new CustomerCommand.NoteForecast([.. forecast.Ranked.Take(10)], forecast.Order, forecast.Product, forecast.Model, now);

        // Not awaited yet: the shopper waits for the offer. Both commands queue at the same entity, so they share a commit.
        var noting = customers.HandleAsync(trigger.Customer, note, ct).AsTask();
        await OfferAsync(trigger, customer, forecast, ct);
        await noting;
    }

    private async ValueTask OfferAsync(Trigger trigger, CustomerState customer, QuestionForecast forecast, CancellationToken ct)
    {
        var policy = (await desk.PolicyAsync(trigger.Customer.Tenant, ct)).Popups;
        var likely = forecast.Ranked.Where(score => score.Probability >= policy.MinProbability && IsWorthPopup(score.Intent)).Take(MostTopics).ToArray();
        if (!policy.Enabled || likely.Length == 0 || SessionOf(trigger, customer) is not { } session)
        {
            return;
        }

        var id = new CustomerId(trigger.Customer.Id);
        var context = await desk.ContextAsync(trigger.Customer.Tenant, id, customer.Locale, ct);
        foreach (var score in likely)
        {
            if (HelpWriter.Write(context, trigger, forecast, score) is not { } help)
            {
                continue;
            }

            var offer = new CustomerCommand.OfferHelp(
                help, session, trigger.Visit, presence.IsTyping(trigger.Customer.Tenant, id), policy, trigger.Customer.Tenant, id, time.GetUtcNow());
            var reply = await customers.HandleAsync(trigger.Customer, offer, ct);
            if (reply.Refusal is not (CustomerRefusal.TopicClosed or CustomerRefusal.AlreadyShown or CustomerRefusal.AlreadyTalking))
            {
                return;
            }
        }
    }

    private static bool IsWorthPopup(IntentId intent) => IntentLabels.IsQuestion(intent) && intent != Intents.ServiceHuman;

    /// <summary>After an order event the shopper's last session, if it is a moment ago: nobody is there to see a popup otherwise.</summary>
    private string? SessionOf(Trigger trigger, CustomerState customer)
    {
        if (trigger.Session is not null)
        {
            return trigger.Session;
        }

        return customer.Visits.IsDefaultOrEmpty || time.GetUtcNow() - customer.Visits[^1].At > options.ShopperStaysPresent
            ? null
            : customer.Visits[^1].Session;
    }
}
