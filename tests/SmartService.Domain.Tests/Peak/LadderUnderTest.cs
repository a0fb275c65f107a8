using Shouldly;
using SmartService.Domain.Peak;

namespace SmartService.Domain.Tests.Peak;

/// <summary>Given the ladder stands so, when this is measured for so long, then this is its rung.</summary>
internal sealed class LadderUnderTest
{
    public static readonly PeakRules Rules = PeakRules.Default;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    public LadderState State { get; private set; } = LadderState.Initial;

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 11, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A busy server on which nothing waits.</summary>
    public static PeakMeasurements Calm { get; } = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5), 0.3, 500, 0, TimeSpan.Zero, 0);

    /// <summary>Everything waits for the given number of limits.</summary>
    public static PeakMeasurements Pressed(double times) => Calm with { QueueAge = Rules.QueueAge * times };

    public LadderUnderTest When(PeakMeasurements measured, TimeSpan lasts)
    {
        for (var left = lasts; left > TimeSpan.Zero; left -= Step)
        {
            Now += Step;
            State = PeakLadder.Next(State, measured, Rules, Now);
        }

        return this;
    }

    public LadderUnderTest Then(PeakRung rung)
    {
        State.Rung.ShouldBe(rung);
        return this;
    }
}
