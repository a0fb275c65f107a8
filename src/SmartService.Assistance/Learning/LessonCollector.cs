using System.Collections.Immutable;
using SmartService.Assistance.Answers;
using SmartService.Assistance.Review;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Popups;
using SmartService.Engine;
using SmartService.Engine.Queries;

namespace SmartService.Assistance.Learning;

/// <summary>Gathers one tenant's lessons from what is journalled. They are held in memory only and are masked from the start.</summary>
internal sealed class LessonCollector(
    IQuestionLog log, IConversations conversations, ICustomers customers, IKnowledge knowledge, ILearnings learnings, ITextMask mask,
    AssistanceOptions options, TimeProvider time)
{
    private const int MostWritten = 3_000;
    private const int VariantsOfItem = 5;
    private const int MostComparedAnswers = 2_000;
    private const int MostTextLength = 400;
    private const double SameAnswer = 0.8;

    /// <summary>A popup closed longer ago has nothing to do with what is asked.</summary>
    private static readonly TimeSpan PopupStaysRelated = TimeSpan.FromMinutes(30);

    public async ValueTask<CollectedLessons> CollectAsync(TenantId tenant, CancellationToken ct)
    {
        var questions = await QuestionsAsync(tenant, ct);
        var taught = (await learnings.ReadAsync(LearningDesk.KeyOf(tenant), ct)).Taught;
        var known = await knowledge.ReadAsync(KnowledgeIndexes.KeyOf(tenant), ct);
        var answers = AnswersOf(known);
        var lessons = new List<LoggedLesson>();
        foreach (var conversation in questions.Select(question => question.Conversation).Distinct())
        {
            var state = await conversations.ReadAsync(new(tenant, conversation.Value), ct);
            lessons.AddRange(ConversationLessons.Of(conversation, state, taught, text => IntentOf(answers, text)));
        }

        lessons.AddRange(await AfterPopupsAsync(tenant, questions, taught, ct));
        lessons.AddRange(Reviewed(known));
        lessons.AddRange(Written(known));
        var since = Since();
        var confirmed = lessons.Where(lesson => lesson.IsConfirmed).Select(lesson => (lesson.Conversation, lesson.Number)).ToHashSet();
        return new(
            [.. lessons.Where(lesson => lesson.At >= since || lesson.Number == 0).Select(Masked).OrderBy(lesson => lesson.At)
                .ThenBy(lesson => lesson.Conversation.Value, StringComparer.Ordinal).ThenBy(lesson => lesson.Number)],
            [.. questions.Where(question => !confirmed.Contains((question.Conversation, question.Number))).Take(options.Learning.Replayed).Select(question => mask.Mask(Cut(question.Text)))]);
    }

    private DateTimeOffset Since() => time.GetUtcNow().AddDays(-options.Learning.Days);

    private async ValueTask<List<LoggedQuestion>> QuestionsAsync(TenantId tenant, CancellationToken ct)
    {
        var questions = new List<LoggedQuestion>();
        await foreach (var question in log.ExportAsync(tenant, new(From: Since()), ct))
        {
            if (question.Text.Length > 0)
            {
                questions.Add(question);
            }

            if (questions.Count >= options.Learning.Questions)
            {
                break;
            }
        }

        return questions;
    }

    /// <summary>Who closes a popup on a topic and then asks did not want that topic.</summary>
    private async ValueTask<List<LoggedLesson>> AfterPopupsAsync(
        TenantId tenant, List<LoggedQuestion> questions, ImmutableDictionary<string, TaughtIntent> taught, CancellationToken ct)
    {
        var lessons = new List<LoggedLesson>();
        foreach (var asked in questions.GroupBy(question => question.Customer))
        {
            var popups = (await customers.ReadAsync(new(tenant, asked.Key.Value), ct)).Popups;
            foreach (var popup in popups.IsDefault ? [] : popups.Where(popup => popup is { Outcome: PopupOutcome.Dismissed, Withheld: false }))
            {
                var next = asked.Where(question => question.At > popup.At && question.At - popup.At <= PopupStaysRelated).MinBy(question => question.At);
                if (next is not null && !taught.ContainsKey(LearningState.KeyOf(next.Conversation, next.Number)))
                {
                    lessons.Add(new(LessonKind.AskedElse, next.Conversation, next.Number, next.Text, popup.Topic, false, next.At));
                }
            }
        }

        return lessons;
    }

    private static IEnumerable<LoggedLesson> Reviewed(KnowledgeState known) =>
        from candidate in known.Candidates.Values
        where candidate is { Status: CandidateStatus.Confirmed or CandidateStatus.Released, Content.Intent: not null }
        from text in candidate.Examples.Prepend(candidate.Question).Distinct(StringComparer.Ordinal)
        select new LoggedLesson(LessonKind.Reviewed, default, 0, text, candidate.Content!.Intent!.Value, true, candidate.At);

    private static IEnumerable<LoggedLesson> Written(KnowledgeState known) =>
        (from item in known.Items.Values.OrderBy(item => item.Id.Value, StringComparer.Ordinal)
         where item.Live is { Retired: false, Content.Intent: not null }
         from text in item.Live.Content.Variants.Take(VariantsOfItem).Prepend(item.Live.Content.Question)
         select new LoggedLesson(LessonKind.Written, default, 0, text, item.Live.Content.Intent!.Value, true, item.Live.At)).Take(MostWritten);

    private static List<(HashSet<ulong> Terms, IntentId Intent)> AnswersOf(KnowledgeState known) =>
        [.. from item in known.Items.Values.OrderBy(item => item.Id.Value, StringComparer.Ordinal).Take(MostComparedAnswers)
            where item.Live is { Retired: false, Content.Intent: not null }
            select (Terms.Of(item.Live.Content.Answer).ToHashSet(), item.Live.Content.Intent!.Value)];

    private static IntentId? IntentOf(List<(HashSet<ulong> Terms, IntentId Intent)> answers, string said)
    {
        HashSet<ulong> terms = [.. Terms.Of(said)];
        var (likeness, intent) = answers.Select(answer => (Likeness: TextLikeness.Words(answer.Terms, terms), answer.Intent)).DefaultIfEmpty().MaxBy(pair => pair.Likeness);
        return likeness >= SameAnswer ? intent : null;
    }

    private LoggedLesson Masked(LoggedLesson lesson) => lesson with { Text = mask.Mask(Cut(lesson.Text)) };

    private static string Cut(string text) => text.Length <= MostTextLength ? text : text[..MostTextLength];
}

/// <param name="Lessons">Oldest first.</param>
/// <param name="Recent">Texts of recent questions that nobody confirmed, newest first.</param>
internal sealed record CollectedLessons(IReadOnlyList<LoggedLesson> Lessons, IReadOnlyList<string> Recent);
