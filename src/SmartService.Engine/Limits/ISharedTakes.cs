namespace SmartService.Engine.Limits;

/// <summary>
/// What callers took from rate limits on other gateways, so that somebody who spreads over all of them is counted once. A moment
/// late, and lost when the gateways cannot speak to each other: each then counts for itself.
/// </summary>
public interface ISharedTakes
{
    /// <summary>Someone took once from a limit here. Never waits.</summary>
    /// <param name="limit">Name of the limit.</param>
    /// <param name="caller">Who; no secret.</param>
    void Took(string limit, string caller);

    /// <summary>Limit, caller and how often, as heard from another gateway.</summary>
    event Action<string, string, int>? Heard;
}
