using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartService.Assistance.Answers;
using SmartService.Assistance.Anticipation;
using SmartService.Assistance.Files;
using SmartService.Assistance.Learning;
using SmartService.Assistance.Review;
using SmartService.Engine;
using SmartService.Engine.Queries;

namespace SmartService.Assistance;

public static class AssistanceServices
{
    /// <summary>
    /// Answering, anticipating and reviewing. Needs from elsewhere: the entities, <see cref="IJournalReader"/>, IUnderstanding,
    /// IQuestionPredictor, IPresence, IQuestionLog, IDirectory, IScheduler, IJournalErasure; and something that runs the registered <see cref="IJournalFollower"/>s.
    /// </summary>
    public static IServiceCollection AddAssistance(this IServiceCollection services, Action<AssistanceOptions>? configure = null)
    {
        var options = new AssistanceOptions();
        configure?.Invoke(options);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<KnowledgeIndexBuilder>().AddSingleton<KnowledgeIndexes>();
        services.TryAddSingleton<IServiceLevel, FullService>();
        services.AddSingleton<KnownReadings>();
        services.AddSingleton<QuestionReader>().AddSingleton<AnswerDesk>().AddSingleton<AnswerFeedback>();
        services.TryAddSingleton<IPopupOutcomes, NoPopupOutcomes>();
        services.AddSingleton<TenantTunings>();
        services.AddSingleton<HelpArchive>().AddSingleton<Anticipator>().AddSingleton<AnticipationQueue>();
        services.AddSingleton<IAssistant, Assistant>();
        services.AddSingleton<ISuggestions, Suggestions>();
        services.AddSingleton<IReview, ReviewDesk>();
        services.AddSingleton<IKnowledgeFiles, KnowledgeFiles>();
        services.AddSingleton<IJournalFollower, KnowledgeIndexFollower>();
        services.AddSingleton<IJournalFollower, OrderNotesFollower>();
        services.AddSingleton<IJournalFollower, ConversationNotesFollower>();
        services.AddSingleton<IJournalFollower, FeedbackFollower>();
        services.AddSingleton<IJournalFollower, AnticipationFollower>();
        services.AddLearning(options).AddNightlyLearning();
        return services;
    }
}
