using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SmartService.Engine;
using SmartService.Engine.Scheduling;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

public static class LearningServices
{
    /// <summary>
    /// Learning by itself, without a schedule and without loading models: <see cref="ILearning"/>. Needs the entities, IQuestionLog,
    /// IJournalErasure and, to train, ITenantModels.
    /// </summary>
    /// <exception cref="OptionsValidationException">Settings are wrong.</exception>
    public static IServiceCollection AddLearning(this IServiceCollection services, AssistanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. options.Learning.Faults()];
        if (faults.Length > 0)
        {
            throw new OptionsValidationException(nameof(LearningOptions), typeof(LearningOptions), faults);
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton<ITenantModels, NoTenantModels>();
        services.AddSingleton(options.Learning);
        services.AddSingleton<ITextMask, PersonalDataMask>().AddSingleton<LiveModels>();
        services.TryAddSingleton<ITenantModelStore, TenantModelFiles>();
        services.AddSingleton<LessonCollector>().AddSingleton<TenantTraining>().AddSingleton<TrainingQueue>();
        services.AddSingleton<ILearning, LearningDesk>();
        return services;
    }

    /// <summary>Loads models at the start and trains every night. Needs IDirectory and IScheduler besides.</summary>
    internal static IServiceCollection AddNightlyLearning(this IServiceCollection services)
    {
        services.AddSingleton<NightlyTraining>();
        services.AddSingleton<IReminderHandler>(provider => provider.GetRequiredService<NightlyTraining>());
        services.AddHostedService<LearningStart>();
        services.AddSingleton<LearningNews>();
        services.AddSingleton<IEntityWatcher>(provider => provider.GetRequiredService<LearningNews>());
        services.AddHostedService(provider => provider.GetRequiredService<LearningNews>());
        return services;
    }
}
