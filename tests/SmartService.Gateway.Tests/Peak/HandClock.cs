namespace SmartService.Gateway.Tests.Peak;

/// <summary>Time as the test says.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 11, 0, 0, 0, TimeSpan.Zero).AddTicks(_ticks);

    public void Move(TimeSpan time) => _ticks += time.Ticks;
}
