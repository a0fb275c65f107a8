namespace SmartService.Engine.Following;

/// <summary>Settings of the followers, section "SmartService:Followers".</summary>
public sealed class FollowerOptions
{
    /// <summary>Most events handed over at once. Default 512; 1 to 10,000.</summary>
    public int BatchSize { get; set; } = 512;

    /// <summary>First pause after a failure; doubles with each, with jitter. Default 200 ms; 1 ms to 1 min.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause. Default 30 s; at least <see cref="FirstPause"/>.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(30);
}
