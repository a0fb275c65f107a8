namespace SmartService.Host.Replay;

/// <summary>One row of a clickstream: a visit, or an order.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Json">The line to send, without the time of a visit, which depends on the replay's speed.</param>
internal sealed record ClickRow(int Line, bool IsOrder, DateTimeOffset At, string Customer, Func<DateTimeOffset, string> Json);
