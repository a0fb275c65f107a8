using SmartService.Assistance;
using SmartService.Domain.Learning;

namespace SmartService.Gateway.Staff;

internal sealed record TeachRequest(string? Intent, string? Author);

internal sealed record LearningRunView(string Run, LearningRunState State, LearningReportView? Report);

internal sealed record LessonCountView(string Kind, int Count);

/// <param name="Question">Masked; examples whose question was forgotten are left out.</param>
internal sealed record LearningChangeView(string Conversation, int Number, string Question, string Right, string Before, string After);

/// <param name="Changes">Only where one report is read.</param>
internal sealed record LearningReportView(
    string Run, string Asker, DateTimeOffset At, LearningVerdict Verdict, string Why, DateTimeOffset? SplitAt, IReadOnlyList<LessonCountView> Lessons,
    int HeldBack, int RightBefore, int RightAfter, double? AccuracyBefore, double? AccuracyAfter, int Mended, int Broken, double Chance,
    int Replayed, int Changed, string? Before, string? Model, string BaseModel, double Seconds, IReadOnlyList<LearningChangeView>? Changes);

/// <param name="Live">Hash of the store's own live model; missing where the shipped one answers.</param>
/// <param name="Former">What a roll-back brings back first is last; "" is the shipped model.</param>
/// <param name="InUse">False though a model is live: it cannot be used, and <paramref name="Fault"/> says why.</param>
internal sealed record LearningView(
    string? Live, bool InUse, string? Fault, IReadOnlyList<string> Former, string BaseModel, int Taught, LearningReportView? LastReport);

internal sealed record LearningReportList(IReadOnlyList<LearningReportView> Reports);
