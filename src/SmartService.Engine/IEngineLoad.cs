namespace SmartService.Engine;

/// <summary>How pressed an engine is; for who decides how much work to let in.</summary>
public interface IEngineLoad
{
    /// <summary>Since it was last asked; for one asker.</summary>
    EngineLoad Take();
}

/// <param name="OldestWork">How long the oldest append that is not flushed has waited; zero when none waits.</param>
/// <param name="SlowestFlush">The slowest commit since it was last asked, the one under way included.</param>
/// <param name="QueueShare">How full the queue of appends is, 0 to 1.</param>
/// <param name="Unanswered">Calls under way whose first try got no answer: they wait for a machine that is lost or hangs, and use no processor meanwhile.</param>
public readonly record struct EngineLoad(TimeSpan OldestWork, TimeSpan SlowestFlush, double QueueShare, int Unanswered = 0);
