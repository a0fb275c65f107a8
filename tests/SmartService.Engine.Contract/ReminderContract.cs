using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SmartService.Engine.Scheduling;
using Xunit;

namespace SmartService.Engine.Contract;

/// <summary>What every engine promises about reminders. Time is the test's clock.</summary>
public abstract class ReminderContract(IEngineStore store) : EngineContract(store)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Reminder_Due_IsDoneOnceAndForgotten()
    {
        var (clock, done) = (new ManualClock(Noon), new RecordingHandler());
        var engine = await StartAsync(With(clock, done));
        await engine.Scheduler.SetAsync(Later("a", 10), Never);
        await clock.TimerSetForAsync(Noon.AddMinutes(1)); // It sleeps a minute at most: clocks are set.
        clock.Advance(TimeSpan.FromMinutes(10));
        var reminder = await done.NextAsync();
        reminder.Name.ShouldBe("a");
        Encoding.UTF8.GetString(reminder.Payload.Span).ShouldBe("payload of a");
        await clock.TimerSetForAsync(Noon.AddMinutes(11)); // Nothing is due: it sleeps its longest.
        (await engine.Scheduler.FindAsync("test", "a", Never)).ShouldBeNull();
    }

    [Fact]
    public async Task Reminder_SetAgain_Moves()
    {
        var (clock, done) = (new ManualClock(Noon), new RecordingHandler());
        var engine = await StartAsync(With(clock, done));
        await engine.Scheduler.SetAsync(Later("a", 10), Never);
        await engine.Scheduler.SetAsync(Later("a", 30), Never);
        await engine.Scheduler.SetAsync(Later("b", 20), Never);
        await clock.TimerSetForAsync(Noon.AddMinutes(1));
        clock.Advance(TimeSpan.FromMinutes(20));
        (await done.NextAsync()).Name.ShouldBe("b");
        (await engine.Scheduler.FindAsync("test", "a", Never))!.Due.ShouldBe(Noon.AddMinutes(30));
    }

    [Fact]
    public async Task Reminder_Cancelled_IsNotDone()
    {
        var (clock, done) = (new ManualClock(Noon), new RecordingHandler());
        var engine = await StartAsync(With(clock, done));
        await engine.Scheduler.SetAsync(Later("a", 10), Never);
        await engine.Scheduler.SetAsync(Later("b", 10), Never);
        await engine.Scheduler.CancelAsync("test", "a", Never);
        await clock.TimerSetForAsync(Noon.AddMinutes(1)); // It sleeps a minute at most: clocks are set.
        clock.Advance(TimeSpan.FromMinutes(10));
        (await done.NextAsync()).Name.ShouldBe("b");
    }

    [Fact]
    public async Task Reminder_HandlerThrows_IsTriedAgain()
    {
        var (clock, done) = (new ManualClock(Noon), new RecordingHandler { FailTimes = 1 });
        var engine = await StartAsync(With(clock, done));
        await engine.Scheduler.SetAsync(Later("a", 0), Never);
        await clock.TimerSetForAsync(Noon.AddSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        (await done.NextAsync()).Name.ShouldBe("a");
    }

    [Fact]
    public async Task Reminder_DueWhileStopped_IsDoneAfterStart()
    {
        var (clock, done) = (new ManualClock(Noon), new RecordingHandler());
        var first = await StartAsync(With(clock, done));
        await first.Scheduler.SetAsync(Later("a", 10), Never);
        await StopAsync(first);
        clock.Advance(TimeSpan.FromHours(2));
        await StartAsync(With(clock, done));
        (await done.NextAsync()).Name.ShouldBe("a");
    }

    private static EngineSettings With(ManualClock clock, RecordingHandler handler) =>
        new() { Clock = clock, Services = s => s.AddSingleton<IReminderHandler>(handler) };

    private static Reminder Later(string name, int minutes) =>
        new("test", name, Noon.AddMinutes(minutes), Encoding.UTF8.GetBytes($"payload of {name}"));

    private sealed class RecordingHandler : IReminderHandler
    {
        private readonly Channel<Reminder> _done = Channel.CreateUnbounded<Reminder>();

        public string Kind => "test";

        public int FailTimes { get; set; }

        public ValueTask<Reminder> NextAsync() => _done.Reader.ReadAsync();

        public ValueTask HandleAsync(Reminder reminder, CancellationToken ct)
        {
            if (FailTimes-- > 0)
            {
                throw new InvalidOperationException("not yet");
            }

            _done.Writer.TryWrite(reminder);
            return default;
        }
    }
}
