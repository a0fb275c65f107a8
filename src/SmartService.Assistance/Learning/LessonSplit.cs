using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

/// <summary>Lessons split by time: the newest confirmed questions judge, everything before them teaches.</summary>
/// <remarks>By time and not by chance: next week's questions are what a model must be good at, and they come after the last lesson.</remarks>
/// <param name="At">Time of the first held-back question; null when there are too few.</param>
internal sealed record LessonSplit(DateTimeOffset? At, IReadOnlyList<LoggedLesson> Learned, IReadOnlyList<LoggedLesson> HeldBack)
{
    private const int MostHeldBack = 5_000;

    /// <param name="lessons">Oldest first.</param>
    public static LessonSplit Of(IReadOnlyList<LoggedLesson> lessons, LearningOptions options)
    {
        var confirmed = lessons.Where(lesson => lesson.IsConfirmed).DistinctBy(lesson => (lesson.Conversation, lesson.Number)).ToArray();
        if (confirmed.Length < 2 * options.MinHeldBack)
        {
            return new(null, [], confirmed);
        }

        var held = Math.Clamp((int)(confirmed.Length * options.HeldBackShare), options.MinHeldBack, MostHeldBack);
        var at = confirmed[^held].At;
        return new(at, [.. lessons.Where(lesson => lesson.At < at).TakeLast(Lesson.Most)], [.. confirmed.Where(lesson => lesson.At >= at)]);
    }
}
