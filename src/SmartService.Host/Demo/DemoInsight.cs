using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Understanding;

namespace SmartService.Host.Demo;

/// <summary>What the system knows, expects and decides of one shopper, for the strip beside the store.</summary>
internal sealed class DemoInsight(
    ICustomers customers, IOrders orders, ITenants tenants, IQuestionPredictor predictor, DemoTraffic traffic, TimeProvider clock)
{
    private const double ClearlyLikely = 0.02;

    public async Task<object> LookAsync(DemoStore store, string customer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var state = await customers.ReadAsync(new(store.Tenant, customer), ct);
        var policy = (await tenants.ReadAsync(new(store.Tenant, store.Tenant.Value), ct)).Policy.Popups;
        var forecast = predictor.Predict(state, now); // The demo stores name no campaigns of their own.
        var threshold = Math.Max(policy.MinProbability, predictor.ThresholdFor(policy.Precision));
        return new
        {
            customer,
            state.Name,
            state.Tier,
            InHoldout = HoldoutGroup.Contains(store.Tenant, new(customer), policy.HoldoutShare),
            Visits = state.Visits.TakeLast(8).Select(v => new { v.Page, v.Subject, v.At, v.DwellSeconds, Error = v.Error == PageError.None ? (PageError?)null : v.Error }),
            Orders = await OrdersAsync(store.Tenant, state, ct),
            Forecast = forecast.Ranked.Where(s => s.Probability >= ClearlyLikely).Take(5)
                .Select(s => new { Intent = s.Intent.Value, Label = Label(s.Intent, store), Probability = Math.Round(s.Probability, 3) }),
            About = forecast.Order?.Value ?? forecast.Product,
            forecast.Causes,
            forecast.Model,
            Threshold = Math.Round(threshold, 3),
            Popups = state.Popups.TakeLast(5).Select(p => new { Topic = p.Topic.Value, Label = Label(new(p.Topic.Value), store), Order = p.Order?.Value, p.At, p.Outcome, p.Withheld }),
            Verdict = Verdict(store.Tenant, new(customer), state, forecast, policy, threshold, now),
            Traffic = traffic.Report(store.Tenant),
        };
    }

    public async Task<IReadOnlyList<object>> OrdersAsync(TenantId tenant, CustomerState state, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = new List<object>();
        foreach (var summary in state.Orders)
        {
            var order = await orders.ReadAsync(new(tenant, summary.Id.Value), ct);
            found.Add(View(summary, order.Checkpoints, now));
        }

        return found;
    }

    public ValueTask<CustomerState> CustomerAsync(TenantId tenant, string customer, CancellationToken ct) =>
        customers.ReadAsync(new(tenant, customer), ct);

    private static object View(OrderSummary order, IEnumerable<Checkpoint> checkpoints, DateTimeOffset now) => new
    {
        Number = order.Id.Value,
        order.PlacedAt,
        order.Total,
        order.Lines,
        order.Payment,
        order.PaymentFailures,
        Parcel = order.Parcel is not { } parcel ? null : new
        {
            parcel.Carrier,
            parcel.Number,
            parcel.PromisedAt,
            parcel.Eta,
            parcel.Status,
            Delivered = parcel.DeliveredAt is not null,
            Late = order.IsLate(now),
        },
        Checkpoints = checkpoints.Select(c => new { c.At, c.Place, c.Note, c.Status }),
        order.Refund,
    };

    /// <summary>Asks the popup contract itself, with help that is ready: its own words say why nothing shows.</summary>
    private static string Verdict(
        TenantId tenant, CustomerId customer, CustomerState state, QuestionForecast forecast, PopupPolicy policy, double threshold,
        DateTimeOffset now)
    {
        if (!state.Popups.IsEmpty && state.Popups[^1] is { Withheld: false, Outcome: PopupOutcome.Offered or PopupOutcome.Seen })
        {
            return "shown";
        }

        if (forecast.Ranked.Count == 0 || forecast.Ranked[0].Probability < threshold)
        {
            return "nothing_likely";
        }

        var best = forecast.Ranked[0];
        var offer = new HelpOffer(
            new("what-if"), best.Intent, forecast.Order, forecast.Product, "", "", forecast.Causes.Count > 0 ? forecast.Causes[0] : "", "", [], [], best.Probability);
        var session = state.Visits.IsEmpty ? "" : state.Visits[^1].Session;
        var decision = CustomerDecider.Decide(state, new CustomerCommand.OfferHelp(offer, session, null, false, policy, tenant, customer, now, threshold));
        return decision.Refusal is { } refusal ? Explain(refusal) : "waiting";
    }

    /// <summary>The question as the store's shoppers would put it.</summary>
    private static string Label(IntentId intent, DemoStore store) => IntentLabels.Of(intent, store.Locale) ?? intent.Value;

    /// <summary>A code: the strip has the sentence, in the store's language.</summary>
    private static string Explain(CustomerRefusal refusal) => refusal switch
    {
        CustomerRefusal.PopupsOff => "popups_off",
        CustomerRefusal.Typing => "typing",
        CustomerRefusal.OnPaymentForm => "on_payment_form",
        CustomerRefusal.TopicClosed => "topic_closed",
        CustomerRefusal.AlreadyShown => "already_shown",
        CustomerRefusal.AlreadyTalking => "already_talking",
        CustomerRefusal.SessionBudgetSpent => "session_budget_spent",
        CustomerRefusal.DayBudgetSpent => "day_budget_spent",
        CustomerRefusal.Pausing => "pausing",
        _ => "not_now",
    };
}
