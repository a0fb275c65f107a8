using SmartService.Domain;

namespace SmartService.Assistance.Learning;

/// <summary>A lesson with where it comes from.</summary>
/// <param name="Number">Of the question in its conversation; 0 for lessons that are no logged question.</param>
/// <param name="Text">Personal data masked.</param>
/// <param name="Means">False: the question does not mean the intent.</param>
internal sealed record LoggedLesson(
    LessonKind Kind, ConversationId Conversation, int Number, string Text, IntentId Intent, bool Means, DateTimeOffset At)
{
    /// <summary>A person said so: staff by teaching, the shopper by choosing or by calling the answer helpful. Only such questions judge.</summary>
    public bool IsConfirmed => Number > 0 && Means && Kind is LessonKind.Taught or LessonKind.Helpful or LessonKind.Chosen;

    public double Weight => Kind switch
    {
        LessonKind.Taught => 1,
        LessonKind.Chosen => 0.8,
        LessonKind.Reviewed => 0.7,
        LessonKind.Helpful => 0.5,
        LessonKind.PersonAnswered => 0.4,
        LessonKind.Written => 0.3,
        LessonKind.Downvoted => 0.3,
        _ => 0.2,
    };
}

/// <summary>What makes a lesson; weights fall with how sure it is.</summary>
internal enum LessonKind
{
    /// <summary>Staff said what the question meant.</summary>
    Taught,

    /// <summary>The bot asked back and the shopper chose.</summary>
    Chosen,

    /// <summary>Staff confirmed a candidate that stands for the question.</summary>
    Reviewed,

    /// <summary>The shopper called the answer helpful.</summary>
    Helpful,

    /// <summary>After the hand-off a person gave the answer of a known Q&amp;A item.</summary>
    PersonAnswered,

    /// <summary>A question or variant of the tenant's own Q&amp;A.</summary>
    Written,

    /// <summary>The shopper said the answer did not help.</summary>
    Downvoted,

    /// <summary>After the answer the shopper wanted a person.</summary>
    HandedOff,

    /// <summary>Asked back, or offered help in a popup, the shopper asked something else.</summary>
    AskedElse,
}
