using System.Collections.Immutable;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// What followers need of an append. Not the append itself: with its task and callers it would outlive them all by far, and
/// the collector would carry it along.
/// </summary>
/// <param name="Events">The events; <see cref="Scrubbed"/> in place of those that were overwritten.</param>
internal readonly record struct RecentAppend(
    long Position, StreamKey Key, long FirstVersion, ImmutableArray<object> Events, DateTimeOffset At, int Bytes)
{
    public RecentAppend(AppendWork append)
        : this(append.Position, append.Stream.Key, append.FirstVersion, append.Events, append.At, append.Bytes)
    {
    }

    /// <summary>Stands for an overwritten event.</summary>
    public static object Scrubbed { get; } = new();

    public long LastPosition => Position + Events.Length - 1;

    /// <summary>The same without the events before a version.</summary>
    public RecentAppend ScrubbedBefore(long version)
    {
        var gone = (int)Math.Clamp(version - FirstVersion, 0, Events.Length);
        return this with { Events = [.. Enumerable.Repeat(Scrubbed, gone), .. Events.Skip(gone)] };
    }
}
