using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.ReadModels.Queries;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels;

public static class ReadModelServices
{
    /// <summary>Lists, filters and search over the journal. Needs <see cref="IJournalReader"/>, and something that runs <see cref="IJournalFollower"/>s.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services, Action<ReadModelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ReadModelOptions();
        configure(options);
        services.AddPooledDbContextFactory<ReadModelContext>(db => db.UseSqlite(ReadModelDatabase.ConnectionString(options)));
        services.AddSingleton<IReadModelStore, SqliteReadModels>();
        services.AddSingleton<IReadModelReader, SqliteReader>();
        return services.AddReadModelQueries(options);
    }

    /// <summary>What is the same wherever the tables lie. Needs <see cref="IReadModelStore"/> and <see cref="IReadModelReader"/>.</summary>
    internal static IServiceCollection AddReadModelQueries(this IServiceCollection services, ReadModelOptions options)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ReadModelProcess>();
        services.AddSingleton(provider => new ReadModelRebuild(provider.GetRequiredService<ReadModelProcess>()));
        services.AddSingleton<IQuestionLog, QuestionLog>();
        services.AddSingleton<IDirectory, CustomerDirectory>();
        services.AddSingleton<IPopupOutcomes, PopupOutcomes>();
        services.AddSingleton<IInsights, Insights>();
        services.AddSingleton<IJournalFollower, ReadModelFollower>();
        services.AddHostedService<ReadModelStart>();
        return services;
    }
}
