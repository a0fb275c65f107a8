using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Engine.Understanding;
using SmartService.Intent.Prediction;

namespace SmartService.Intent.Tests.Prediction;

public sealed class PredictorTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private readonly OnnxQuestionPredictor _predictor = OnnxQuestionPredictor.Open(Repository.ShippedPredictor);

    [Fact]
    public void ParcelTwoDaysLate_ReadsDeliveryPolicy_WillAskAboutThatOrder()
    {
        var late = Order("A-1") with { Parcel = Parcel(CheckpointStatus.InTransit, promised: Noon.AddDays(-2)) };
        var old = Order("A-0", daysAgo: 40) with { Parcel = Delivered(daysAgo: 36) };
        var forecast = Predict([old, late], Page(PageType.Home), Page(PageType.Orders), Page(PageType.Policy, "delivery"));
        ShouldBeSure(forecast, Intents.OrderDelay);
        forecast.Order.ShouldBe(late.Id);
        forecast.Causes[0].ShouldBe("parcel_late");
        forecast.Causes.ShouldContain("policy_read");
    }

    [Fact]
    public void PaymentDeclinedTwice_WillAskWhyItFails()
    {
        var declined = Page(PageType.Payment) with { Error = PageError.PaymentDeclined };
        var forecast = Predict([], Page(PageType.Product, "p1"), Page(PageType.Cart), Page(PageType.Checkout), declined, declined);
        ShouldBeSure(forecast, Intents.PaymentFailed);
        forecast.Causes[0].ShouldBe("payment_failed_twice");
    }

    [Fact]
    public void BackAndForthBetweenProducts_ThenSizeGuide_WillAskForTheSize()
    {
        var forecast = Predict(
            [], Page(PageType.Category, "boots"), Look("p1"), Look("p2"), Look("p1"), Look("p2"), Page(PageType.Policy, "size-guide"));
        ShouldBeSure(forecast, Intents.ProductSize);
        forecast.Causes[0].ShouldBe("size_back_and_forth");
        forecast.Product.ShouldBe("p2");
    }

    [Theory]
    [InlineData(PageType.Cart)]
    [InlineData(PageType.Checkout)]
    public void CouponRejected_WillAskAboutTheCoupon(PageType page)
    {
        var rejected = Page(page) with { Error = PageError.CouponRejected };
        var forecast = Predict([], Page(PageType.Product, "p1"), Page(PageType.Cart), rejected);
        ShouldBeSure(forecast, Intents.Coupon);
        forecast.Causes[0].ShouldBe("coupon_rejected");
    }

    [Fact]
    public void RefundOverdue_LooksAtOrders_WillAskForTheRefund()
    {
        var refunding = Order("B-1", daysAgo: 20) with
        {
            Parcel = Delivered(daysAgo: 16),
            Payment = PaymentState.RefundPending,
            Refund = new(59, Noon.AddDays(-10), Noon.AddDays(-3), null),
        };
        var forecast = Predict([refunding], Page(PageType.Home), Page(PageType.Orders));
        ShouldBeSure(forecast, Intents.RefundStatus);
        forecast.Order.ShouldBe(refunding.Id);
        forecast.Causes[0].ShouldBe("refund_waiting");
    }

    [Fact]
    public void SeesLowerPriceThanPaid_WillAskForTheDifference()
    {
        var bought = Order("C-1", daysAgo: 9) with { Parcel = Delivered(daysAgo: 6) };
        var forecast = Predict([bought], Page(PageType.Home), Look("p7") with { Price = 39 }, Look("p7") with { Price = 39 });
        ShouldBeSure(forecast, Intents.PriceProtection);
        forecast.Order.ShouldBe(bought.Id);
        forecast.Causes[0].ShouldBe("price_dropped");
    }

    [Fact]
    public void CalmShopper_OnHomePage_IsLeftInPeace()
    {
        var forecast = Predict([], Page(PageType.Home));
        forecast.Ranked.ShouldAllBe(score => score.Probability < 0.15f);
        forecast.Order.ShouldBeNull();
    }

    [Fact]
    public void CalmShopper_WithDeliveredOrder_IsLeftInPeace() =>
        Predict([Order("D-1", daysAgo: 60) with { Parcel = Delivered(daysAgo: 55) }], Page(PageType.Home), Page(PageType.Category, "all"))
            .Ranked.ShouldAllBe(score => score.Probability < 0.3f);

    [Fact]
    public void OldVisits_SayNothing()
    {
        var declined = Page(PageType.Payment) with { Error = PageError.PaymentDeclined, At = Noon.AddHours(-5) };
        var forecast = Predict([], declined, declined);
        forecast.Ranked.ShouldAllBe(score => score.Probability < 0.3f);
        forecast.Causes.ShouldBeEmpty();
    }

    [Fact]
    public void Forecast_AnyCustomer_SumsToAtMostOneInOrder()
    {
        var simulator = new ShopperSimulator(SimulatorSettings.Load(), 99);
        for (var i = 0; i < 200; i++)
        {
            var question = simulator.Next();
            var forecast = _predictor.Predict(question.Customer, question.Now);
            forecast.Ranked.Sum(s => s.Probability).ShouldBeLessThanOrEqualTo(1.0001f);
            forecast.Ranked.Select(s => s.Probability).ShouldBeInOrder(SortDirection.Descending);
            if (forecast.Order is { } order)
            {
                question.Customer.Orders.ShouldContain(o => o.Id == order);
            }
        }
    }

    [Fact]
    public void ErasedCustomer_IsNotPredicted() =>
        _predictor.Predict(CustomerState.Unknown with { IsErased = true }, Noon).Ranked.ShouldBeEmpty();

    [Fact]
    public void Graph_AndManagedNetwork_Agree()
    {
        var network = PredictorTrainer.Train(new() { Shoppers = 300, Epochs = 1, HiddenSize = 8 }, CancellationToken.None);
        var path = Path.Combine(Path.GetTempPath(), $"predictor-{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, PredictorFile.Write(network, 1, new(0, 0, 0, 0, 0, 0, 0, 0, default), new([])));
        try
        {
            using var predictor = OnnxQuestionPredictor.Open(path);
            var simulator = new ShopperSimulator(SimulatorSettings.Load(), 3);
            for (var i = 0; i < 30; i++)
            {
                var question = simulator.Next();
                var example = PredictorExample.From(question);
                var expected = QuestionRanking.From(network.Pairs(example.Rows));
                var best = predictor.Predict(question.Customer, question.Now).Ranked[0];
                best.Probability.ShouldBe(expected.Probabilities[expected.Order[0]], 1e-4f);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Threshold_HigherPrecisionWanted_IsHigher()
    {
        double[] wanted = [0.5, 0.7, 0.8, 0.9, 0.95, 0.99];
        var thresholds = wanted.Select(_predictor.ThresholdFor).ToArray();
        thresholds.ShouldBeInOrder(SortDirection.Ascending);
        thresholds[3].ShouldBeInRange(0.6, 0.99);
    }

    public void Dispose() => _predictor.Dispose();

    private static void ShouldBeSure(QuestionForecast forecast, IntentId intent)
    {
        forecast.Ranked[0].Intent.ShouldBe(intent);
        forecast.Ranked[0].Probability.ShouldBeGreaterThanOrEqualTo(0.6f);
    }

    private static OrderSummary Order(string id, double daysAgo = 6) => new(
        new(id), 1, Noon.AddDays(-daysAgo), 59, "USD", [new OrderLine("p7", "Tent", 1, 59)], PaymentState.Paid, 0, null, null, false);

    private static ParcelSummary Parcel(CheckpointStatus status, DateTimeOffset promised) =>
        new("Carrier", "T1", promised, promised.AddDays(4), status, "hub", Noon.AddDays(-1), null);

    private static ParcelSummary Delivered(double daysAgo) => new(
        "Carrier", "T2", Noon.AddDays(-daysAgo), null, CheckpointStatus.Delivered, "door", Noon.AddDays(-daysAgo), Noon.AddDays(-daysAgo));

    private static PageVisit Page(PageType page, string? subject = null) => new("v", "s", Noon, page, subject, 12);

    private static PageVisit Look(string product) => new("v", "s", Noon, PageType.Product, product, 40, 59);

    private QuestionForecast Predict(ImmutableArray<OrderSummary> orders, params PageVisit[] visits)
    {
        var timed = visits.Select((visit, i) => visit with
        {
            Id = $"v{i}",
            At = visit.At.AddSeconds(-40 * (visits.Length - i)),
        });
        var customer = CustomerState.Unknown with
        {
            Orders = orders, Visits = [.. timed], Identified = orders.Length > 0, Locale = "en", FirstSeen = Noon.AddDays(-90),
        };
        return _predictor.Predict(customer, Noon);
    }
}
