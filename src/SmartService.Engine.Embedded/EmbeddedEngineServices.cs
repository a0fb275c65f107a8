using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Engine.Embedded.Mailboxes;
using SmartService.Engine.Feeds;
using SmartService.Engine.Following;
using SmartService.Engine.Journal;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Embedded;

/// <summary>Setup of the embedded engine.</summary>
public static class EmbeddedEngineServices
{
    /// <summary>
    /// Adds the engine: <see cref="ITenants"/>, <see cref="ICustomers"/>, <see cref="IConversations"/>, <see cref="IKnowledge"/>,
    /// <see cref="IOrders"/>, <see cref="ILearnings"/>, <see cref="IPeakSwitches"/>, <see cref="IFeeds"/>, <see cref="IJournalReader"/>, <see cref="IJournalErasure"/>, <see cref="ICheckpoints"/>,
    /// <see cref="IScheduler"/> and <see cref="FollowerRunner"/>. The data folder is opened when the host starts, or when
    /// one of them is first asked for.
    /// </summary>
    /// <remarks>Add it before what uses it: hosted services stop in the opposite order, so the engine closes last.
    /// <see cref="IFatalStop"/> and <see cref="TimeProvider"/> are used as registered; defaults are added when they are not.</remarks>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EmbeddedEngineOptions>? configure = null)
    {
        services.AddOptions<EmbeddedEngineOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmbeddedEngineOptions>, EmbeddedEngineOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFatalStop, FailFastStop>();
        services.AddStoredEvents(new(StoredEvents.Product));
        services.TryAddSingleton(provider => new EventCodecs(provider.GetServices<EventKindSet>().SelectMany(s => s.Kinds)));
        services.TryAddSingleton(provider => new EngineMeter(provider.GetService<IMeterFactory>()));
        services.AddSingleton(Open);
        services.AddHostedService<EmbeddedEngineLifetime>();
        AddParts(services);
        services.AddSingleton<ITenants, Tenants>();
        services.AddSingleton<ICustomers, Customers>();
        services.AddSingleton<IConversations, Conversations>();
        services.AddSingleton<IKnowledge, Knowledge>();
        services.AddSingleton<IOrders, Orders>();
        services.AddSingleton<ILearnings, Learnings>();
        services.AddSingleton<IPeakSwitches, PeakSwitches>();
        return services;
    }

    /// <summary>Adds stored events beside the product's own.</summary>
    public static IServiceCollection AddStoredEvents(this IServiceCollection services, EventKindSet kinds) => services.AddSingleton(kinds);

    /// <summary>Adds another kind of entity, as <see cref="IEntities{TState,TCommand,TEvent,TRefusal}"/>.</summary>
    public static IServiceCollection AddEmbeddedEntities<TDecider, TState, TCommand, TEvent, TRefusal>(
        this IServiceCollection services, EntityRegion<TState> region)
        where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
        where TState : class
        where TCommand : class
        where TEvent : class
        where TRefusal : struct, Enum =>
        services.AddSingleton<IEntities<TState, TCommand, TEvent, TRefusal>>(provider =>
            new Entities<TDecider, TState, TCommand, TEvent, TRefusal>(provider.GetRequiredService<EmbeddedEngine>(), region));

    private static void AddParts(IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Journal);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Load);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Health);
        services.AddSingleton<IJournalReader>(provider => provider.GetRequiredService<EmbeddedEngine>().Journal);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Erasure);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Feeds);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Checkpoints);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Reminders);
        services.AddFollowerOptions();
        services.AddSingleton<FollowerRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<FollowerRunner>());
        services.AddSingleton<ReminderService>();
        services.AddSingleton<IScheduler>(provider => provider.GetRequiredService<ReminderService>());
        services.AddHostedService(provider => provider.GetRequiredService<ReminderService>());
    }

    private static EmbeddedEngine Open(IServiceProvider provider) => EmbeddedEngine.Open(
        provider.GetRequiredService<IOptions<EmbeddedEngineOptions>>().Value,
        provider.GetRequiredService<EventCodecs>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<IFatalStop>(),
        provider.GetRequiredService<EngineMeter>(),
        provider.GetRequiredService<ILogger<EmbeddedEngine>>());
}
