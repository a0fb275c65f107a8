using SmartService.Gateway.Staff;

namespace SmartService.Gateway.Backoffice;

// Figures over time; docs/api.md explains every field.
internal sealed record FigureSet(
    long Conversations, long BotResolved, long HandedOffConversations, long Questions, long Answered, long Clarified, long HandedOff, long AgentAnswered,
    long Unanswered, long Scores, double? MeanScore, PopupCounts Popups);

internal sealed record PopupCounts(long Offered, long Seen, long Opened, long Dismissed, long Ignored, long Helpful, long Withheld);

internal sealed record FigurePoint(
    DateTimeOffset At, long Conversations, long BotResolved, long HandedOffConversations, long Questions, long Answered, long Clarified, long HandedOff,
    long AgentAnswered, long Unanswered, long Scores, double? MeanScore, PopupCounts Popups);

internal sealed record SeriesPart(DateTimeOffset From, DateTimeOffset To, FigureSet Totals, IReadOnlyList<FigurePoint> Points);

internal sealed record SeriesAnswer(
    DateTimeOffset From, DateTimeOffset To, string By, string TimeZone, FigureSet Totals, IReadOnlyList<FigurePoint> Points, SeriesPart? Compare);

internal sealed record ResponseTimes(long Count, double? P50Seconds, double? P90Seconds, long? Waiting);

internal sealed record ResponsePart(DateTimeOffset From, DateTimeOffset To, ResponseTimes Bot, ResponseTimes Person);

internal sealed record ResponseAnswer(DateTimeOffset From, DateTimeOffset To, ResponseTimes Bot, ResponseTimes Person, ResponsePart? Compare);

internal sealed record ForesightIntent(string Intent, long Questions, long Forecast, long Hit1, long Hit3);

internal sealed record ForesightPart(
    DateTimeOffset From, DateTimeOffset To, long Questions, long Forecast, long Hit1, long Hit3, double? HitAt1, double? HitAt3);

internal sealed record ForesightAnswer(
    DateTimeOffset From, DateTimeOffset To, long Questions, long Forecast, long Hit1, long Hit3, double? HitAt1, double? HitAt3,
    IReadOnlyList<ForesightIntent> ByIntent, ForesightPart? Compare);

internal sealed record Coverage(long Questions, long Answered, double? Share);

internal sealed record IntentTrend(string Intent, long Questions, long Unanswered, long Before);

internal sealed record IntentsAnswer(
    DateTimeOffset From, DateTimeOffset To, Coverage Coverage, IReadOnlyList<IntentTrend> Top, IReadOnlyList<IntentTrend> Rising, IReadOnlyList<IntentTrend> Unanswered);
