using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Contract;

/// <summary>Read models of one process, over tables of some kind.</summary>
public abstract class ReadModelsUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    protected ReadModelsUnderTest(ShopJournal journal, TimeProvider? time, Action<IServiceCollection> add)
    {
        Journal = journal;
        var services = new ServiceCollection().AddSingleton<IJournalReader>(journal).AddSingleton(time ?? TimeProvider.System);
        add(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public ShopJournal Journal { get; }

    public IQuestionLog Log => Get<IQuestionLog>();

    public IDirectory Directories => Get<IDirectory>();

    public IInsights Insights => Get<IInsights>();

    public IPopupOutcomes Outcomes => Get<IPopupOutcomes>();

    public ReadModelRebuild Rebuild => Get<ReadModelRebuild>();

    public IJournalFollower Follower => _services.GetServices<IJournalFollower>().Single();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task FollowAsync() => await Follower.HandleAsync(Journal.Events, default);

    public async Task<IReadOnlyList<LoggedQuestion>> SearchAsync(QuestionFilter filter) =>
        (await Log.SearchAsync(ShopJournal.Tenant, filter, null, 200, default)).Items;

    public async Task<string[]> TextsAsync(string text) => [.. (await SearchAsync(new(Text: text))).Select(question => question.Text)];

    public abstract long Count(string table);

    /// <summary>Every row of every table, in order; true is 1, and what a store keeps for itself is left out.</summary>
    public abstract string Dump();

    /// <summary>Whether a text is anywhere in what is kept.</summary>
    public abstract bool Holds(string text);

    public virtual async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
