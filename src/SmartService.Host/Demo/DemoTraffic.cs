using System.Collections.Concurrent;
using System.Globalization;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.Host.Demo;

/// <summary>Simulated shoppers in one store.</summary>
internal sealed record DemoTrafficReport(bool On, int Shoppers, long Visits, long Questions, long Popups);

/// <summary>
/// The traffic switch: shoppers that browse, hesitate, ask and react to popups, at a pace one machine does not notice. They are
/// written as simulated (their ids begin with "sim-") and stop by themselves after half an hour.
/// </summary>
internal sealed partial class DemoTraffic(
    ICustomers customers, IAssistant assistant, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<DemoTraffic> log)
{
    private const int Shoppers = 24;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private static readonly PageType[] Pages =
    [
        PageType.Home, PageType.Category, PageType.Product, PageType.Product, PageType.Product, PageType.Search, PageType.Cart,
        PageType.Checkout, PageType.Orders, PageType.Policy, PageType.Promotion, PageType.Help,
    ];

    private readonly ConcurrentDictionary<string, Run> _runs = new(StringComparer.Ordinal);

    public DemoTrafficReport Report(TenantId tenant) =>
        _runs.TryGetValue(tenant.Value, out var run)
            ? new(run.IsOn, run.IsOn ? Shoppers : 0, run.Visits, run.Questions, run.Popups)
            : new(false, 0, 0, 0, 0);

    public void Switch(DemoStore store, bool on)
    {
        var run = _runs.GetOrAdd(store.Tenant.Value, _ => new());
        if (on && run.Start(Longest, lifetime.ApplicationStopping) is { } stop)
        {
            _ = Task.Run(() => WalkAsync(store, run, stop), CancellationToken.None);
        }
        else if (!on)
        {
            run.Stop();
        }
    }

    private async Task WalkAsync(DemoStore store, Run run, CancellationToken stop)
    {
        var random = new Random(store.Tenant.Value.Length);
        var questions = store.Knowledge.SelectMany(i => i!["variants"]!.AsArray()).Select(v => v!.GetValue<string>()).ToArray();
        var products = store.Store["products"]!.AsArray().Select(p => p!["id"]!.GetValue<string>()).ToArray();
        var who = Enumerable.Range(0, Shoppers).Select(n => Shopper.New(n, clock.GetUtcNow())).ToArray();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(Pace, clock, stop);
                var n = random.Next(Shoppers);
                if (random.NextDouble() < 0.03)
                {
                    who[n] = Shopper.New(n, clock.GetUtcNow()); // This one leaves, another comes.
                }

                await StepAsync(store, who[n], random, questions, products, run, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Switched off, or the server stops.
        }
        catch (Exception e) when (e is EngineBusyException or JournalException)
        {
            Stopped(store.Tenant.Value, e.Message);
        }
        finally
        {
            run.Stop();
        }
    }

    private async Task StepAsync(DemoStore store, Shopper shopper, Random random, string[] questions, string[] products, Run run, CancellationToken ct)
    {
        var key = new EntityKey(store.Tenant, shopper.Customer);
        var now = clock.GetUtcNow();
        if (random.NextDouble() < 0.12)
        {
            var text = random.NextDouble() < 0.15 ? "qwrt zzkp plmn" : questions[random.Next(questions.Length)];
            await assistant.AskAsync(
                store.Tenant, new(shopper.Customer), new(shopper.Conversation), $"m_{shopper.Session}{run.Questions}", text, store.Locale, ct);
            run.Asked();
            return;
        }

        var page = Pages[random.Next(Pages.Length)];
        var error = page == PageType.Cart && random.NextDouble() < 0.3 ? PageError.CouponRejected
            : page == PageType.Checkout && random.NextDouble() < 0.3 ? PageError.PaymentDeclined
            : PageError.None;
        var visit = new PageVisit(
            string.Create(CultureInfo.InvariantCulture, $"v_{shopper.Session}{run.Visits}"), shopper.Session, now, page,
            page == PageType.Product ? products[random.Next(products.Length)] : page == PageType.Policy ? "delivery" : null,
            random.Next(3, 90), Error: error);
        await customers.HandleAsync(key, new CustomerCommand.RecordVisits([visit], now), ct);
        run.Visited();
        await ReactAsync(key, random, run, ct);
    }

    private async Task ReactAsync(EntityKey key, Random random, Run run, CancellationToken ct)
    {
        var state = await customers.ReadAsync(key, ct);
        if (!state.Popups.IsEmpty && state.Popups[^1] is { Withheld: false, Outcome: PopupOutcome.Offered } popup)
        {
            run.Popped();
            var now = clock.GetUtcNow();
            await customers.HandleAsync(key, new CustomerCommand.ReportPopup(popup.Id, PopupOutcome.Seen, now), ct);
            var outcome = random.NextDouble() switch { < 0.45 => PopupOutcome.Opened, < 0.65 => PopupOutcome.Dismissed, _ => PopupOutcome.Ignored };
            await customers.HandleAsync(key, new CustomerCommand.ReportPopup(popup.Id, outcome, now), ct);
        }
    }

    [LoggerMessage(5010, LogLevel.Warning, "Simulated shoppers of {Tenant} stopped: {Reason}")]
    private partial void Stopped(string tenant, string reason);

    private sealed record Shopper(string Customer, string Session, string Conversation)
    {
        public static Shopper New(int number, DateTimeOffset now)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds():x}{number:x2}");
            return new($"sim-{mark}", $"s_{mark}", $"c_{mark}");
        }
    }

    private sealed class Run
    {
        private readonly Lock _gate = new();
        private CancellationTokenSource? _stop;
        private long _visits;
        private long _questions;
        private long _popups;

        public bool IsOn
        {
            get
            {
                lock (_gate)
                {
                    return _stop is not null;
                }
            }
        }

        public long Visits => Interlocked.Read(ref _visits);

        public long Questions => Interlocked.Read(ref _questions);

        public long Popups => Interlocked.Read(ref _popups);

        public void Visited() => Interlocked.Increment(ref _visits);

        public void Asked() => Interlocked.Increment(ref _questions);

        public void Popped() => Interlocked.Increment(ref _popups);

        /// <returns>The token to walk under; null when they walk already.</returns>
        public CancellationToken? Start(TimeSpan longest, CancellationToken stopping)
        {
            lock (_gate)
            {
                if (_stop is not null)
                {
                    return null;
                }

                _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                _stop.CancelAfter(longest);
                return _stop.Token;
            }
        }

        public void Stop()
        {
            lock (_gate)
            {
                _stop?.Cancel();
                _stop?.Dispose();
                _stop = null;
            }
        }
    }
}
