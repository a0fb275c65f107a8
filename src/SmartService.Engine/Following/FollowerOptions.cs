namespace SmartService.Engine.Following;

/// <summary>Settings of the followers, section "SmartService:Followers".</summary>
public sealed class FollowerOptions
{
    public const string Section = "SmartService:Followers";

    /// <summary>Most events handed over at once. Default 512; 1 to 10,000.</summary>
    public int BatchSize { get; set; } = 512;

    /// <summary>Most events handed at once to a follower that takes large batches. Default 8,192; 1 to 100,000.</summary>
    public int LargeBatchSize { get; set; } = 8_192;

    /// <summary>
    /// Shortest time between the starts of two batches of a follower that takes large ones: under load its batches grow
    /// instead of their number. Default 50 ms; 0 to 10 s.
    /// </summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Longest time between the starts of two batches, however long they take: how far lists may lag at a peak. Default 500 ms; at least
    /// <see cref="Pace"/>, 10 s at most.
    /// </summary>
    public TimeSpan LongestPace { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How often checkpoints are saved, all together. After a crash a follower sees at most what it handled in this time
    /// again. Default 250 ms; 1 ms to 1 min.
    /// </summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The machine's own time, for <see cref="Pace"/> and <see cref="CheckpointEvery"/>, whatever clock the product runs on.</summary>
    internal TimeProvider MachineTime { get; set; } = TimeProvider.System;

    /// <summary>First pause after a failure; doubles with each, with jitter. Default 200 ms; 1 ms to 1 min.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause. Default 30 s; at least <see cref="FirstPause"/>.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(30);
}
