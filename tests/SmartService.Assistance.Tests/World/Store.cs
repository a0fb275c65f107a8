using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartService.Assistance.Anticipation;
using SmartService.Assistance.Learning;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Orders;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Feeds;
using SmartService.Engine.Queries;
using SmartService.Engine.Scheduling;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Tests.World;

/// <summary>A store with all of its parts in memory, at noon (Seoul) on Tuesday, 24 November 2026.</summary>
internal sealed class Store : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Tenant = new("north");
    public static readonly CustomerId Ada = new("ada");
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, long> _followed = [];

    private Store()
    {
        Clock = new(Noon);
        Journal = new(Clock);
        (Tenants, Customers, Conversations, Knowledge, Orders) = (new(Journal), new(Journal), new(Journal), new(Journal), new(Journal));
        Learnings = new(Journal);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IJournalReader>(Journal)
            .AddSingleton<ITenants>(Tenants)
            .AddSingleton<ICustomers>(Customers)
            .AddSingleton<IConversations>(Conversations)
            .AddSingleton<IKnowledge>(Knowledge)
            .AddSingleton<IOrders>(Orders)
            .AddSingleton<IUnderstanding>(Understanding)
            .AddSingleton<ILearnings>(Learnings)
            .AddSingleton<ITenantModels>(Models)
            .AddSingleton<IDirectory>(Directory)
            .AddSingleton<IScheduler>(Scheduler)
            .AddSingleton<IJournalErasure>(Scheduler)
            .AddSingleton<IQuestionPredictor>(Predictor)
            .AddSingleton<IPresence>(Presence)
            .AddSingleton<IServiceLevel>(Level)
            .AddSingleton<IQuestionLog>(Log)
            .AddSingleton<IPopupOutcomes>(Outcomes)
            .AddAssistance(options =>
            {
                options.WaitForIndex = TimeSpan.FromMinutes(1);
                options.Learning.Folder = ModelFolder;
            })
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public TestClock Clock { get; }

    public MemoryJournal Journal { get; }

    public TenantLedger Tenants { get; }

    public CustomerLedger Customers { get; }

    public ConversationLedger Conversations { get; }

    public KnowledgeLedger Knowledge { get; }

    public OrderLedger Orders { get; }

    public LearningLedger Learnings { get; }

    public WordModels Models { get; } = new();

    public OneTenantDirectory Directory { get; } = new();

    public MemoryScheduler Scheduler { get; } = new();

    public string ModelFolder { get; } = Path.Combine(Path.GetTempPath(), "models-" + Guid.NewGuid().ToString("N"));

    public KeywordUnderstanding Understanding { get; } = new();

    public LatenessPredictor Predictor { get; } = new();

    public TestPresence Presence { get; } = new();

    public HandLevel Level { get; } = new();

    public MemoryPopupOutcomes Outcomes { get; } = new();

    public MemoryQuestionLog Log { get; } = new();

    public static EntityKey KnowledgeKey { get; } = new(Tenant, "qna");

    public static async Task<Store> OpenAsync(string locale = "en", TenantPolicy? policy = null)
    {
        var store = new Store();
        var key = new EntityKey(Tenant, Tenant.Value);
        await store.Tenants.HandleAsync(key, new TenantCommand.Create(new("North", locale, "KRW", "Asia/Seoul"), [], Noon), default);
        await store.PolicyAsync(policy ?? TenantPolicy.Default with { Popups = PopupPolicy.Default with { HoldoutShare = 0 } });
        return store;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>What a start does with tenants' own models.</summary>
    public Task LoadModelsAsync() => _services.GetServices<IHostedService>().OfType<LearningStart>().Single().LoadAsync(default);

    public async Task PolicyAsync(TenantPolicy policy) =>
        (await Tenants.HandleAsync(new(Tenant, Tenant.Value), new TenantCommand.ChangePolicy(policy, Noon), default)).Refusal.ShouldBeNull();

    public async Task SaveAsync(
        string id, string? intent, string question, string answer, string locale = "en", string[]? variants = null,
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var content = new ItemContent(intent is null ? null : new(intent), question, [.. variants ?? []], answer, locale, [], from, to);
        (await Knowledge.HandleAsync(KnowledgeKey, new KnowledgeCommand.SaveItem(new(id), content, "mia", null, Noon), default)).Refusal.ShouldBeNull();
    }

    /// <summary>Ada's parcel: promised five days ago, now expected in two days.</summary>
    public Task LateParcelAsync(string order = "NP-20417") => OrderAsync(order, Noon.AddDays(-5), Noon.AddDays(2));

    public async Task OrderAsync(string order, DateTimeOffset promised, DateTimeOffset? eta, CustomerId? customer = null, string product = "p1")
    {
        var key = new EntityKey(Tenant, order);
        var lines = ImmutableArray.Create(new OrderLine(product, "Jacket", 1, 24_000m));
        await Orders.HandleAsync(key, new OrderCommand.Place(customer ?? Ada, lines, 24_000m, "KRW", Noon.AddDays(-9), promised, Noon), default);
        await Orders.HandleAsync(key, new OrderCommand.NotePayment("pay-" + order, PaymentState.Paid, "card", Noon), default);
        await Orders.HandleAsync(key, new OrderCommand.Ship("CJ", "64812", promised, eta, Noon), default);
        await FollowAsync();
    }

    public async Task VisitAsync(string id, PageType page, CustomerId? customer = null)
    {
        var visit = new PageVisit(id, "session-1", Clock.Now, page);
        await Customers.HandleAsync(new(Tenant, (customer ?? Ada).Value), new CustomerCommand.RecordVisits([visit], Clock.Now), default);
    }

    public Task<ConversationResult> AskAsync(string text, string locale = "en", string clientId = "m-1", string conversation = "c-1", CustomerId? customer = null) =>
        Get<IAssistant>().AskAsync(Tenant, customer ?? Ada, new(conversation), clientId, text, locale, default).AsTask();

    public async Task<CustomerState> AdaAsync() => await Customers.ReadAsync(new(Tenant, Ada.Value), default);

    /// <summary>Lets every follower read the journal to its end, also what they themselves cause.</summary>
    public async Task FollowAsync()
    {
        long head;
        do
        {
            head = Journal.Head;
            foreach (var follower in _services.GetServices<IJournalFollower>())
            {
                var events = await Journal.ReadAsync(_followed.GetValueOrDefault(follower.Name), 1_000, default);
                await follower.HandleAsync(events, default);
                _followed[follower.Name] = events.Count == 0 ? _followed.GetValueOrDefault(follower.Name) : events[^1].Position;
            }

            await Get<AnticipationQueue>().WhenIdleAsync();
        }
        while (Journal.Head > head);
    }

    /// <summary>Hands every event to every follower once more, as after a crash before a checkpoint.</summary>
    public async Task FollowAgainAsync()
    {
        _followed.Clear();
        await FollowAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (System.IO.Directory.Exists(ModelFolder))
        {
            System.IO.Directory.Delete(ModelFolder, recursive: true);
        }
    }
}
