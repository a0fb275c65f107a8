using SmartService.Assistance.Learning;

namespace SmartService.Assistance;

/// <summary>Limits of answering and anticipating.</summary>
public sealed class AssistanceOptions
{
    /// <summary>Longest wait for the intent model; then a question is answered by words only or handed off. Default 2 s.</summary>
    public TimeSpan UnderstandWithin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Readings kept from the moment trouble is near, for when the model rests. Default 4,096; 0 to 1,000,000.</summary>
    public int KnownReadings { get; set; } = 4_096;

    /// <summary>Longest wait of a question for an index being rebuilt; then the former one answers. Default 250 ms.</summary>
    public TimeSpan WaitForIndex { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After the model failed to embed items, the next try. Default 5 s.</summary>
    public TimeSpan RetryEmbeddingAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Indexes kept in memory; the longest unused goes first. Default 1,000.</summary>
    public int MaxIndexedTenants { get; set; } = 1_000;

    /// <summary>A visit older than this causes no popup: the shopper is elsewhere by now. Default 30 s.</summary>
    public TimeSpan VisitStaysFresh { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After a last visit of this age an order event causes no popup. Default 10 min.</summary>
    public TimeSpan ShopperStaysPresent { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Customers anticipated side by side. Default 2 per core.</summary>
    public int AnticipationsAtOnce { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>Customers waiting to be anticipated; over it the newest wait in vain, since help must come at once or not at all. Default 50,000.</summary>
    public int AnticipationsWaiting { get; set; } = 50_000;

    /// <summary>Newest popups whose outcomes correct a tenant's forecasts. Default 2,000.</summary>
    public int LearnedOutcomes { get; set; } = 2_000;

    /// <summary>How long what was learned from outcomes is used before they are read again. Default 1 min.</summary>
    public TimeSpan OutcomesStayFresh { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Logged questions that clustering looks at, newest first. Default 5,000.</summary>
    public int ClusteredQuestions { get; set; } = 5_000;

    /// <summary>Logged questions that a release is replayed over, newest first. Default 20,000.</summary>
    public int ReplayedQuestions { get; set; } = 20_000;

    /// <summary>How tenants' own models are made.</summary>
    public LearningOptions Learning { get; } = new();
}
