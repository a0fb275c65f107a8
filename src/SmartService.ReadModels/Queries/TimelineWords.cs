using SmartService.Engine;
using SmartService.ReadModels.Projections;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

/// <summary>What entries of a timeline say: as they were stored, or from the journal where only their places are.</summary>
internal sealed class TimelineWords
{
    private readonly Dictionary<long, JournalledEvent> _events = [];

    private TimelineWords()
    {
    }

    /// <summary>Reads the events of entries that keep no words; neighbours in the journal together.</summary>
    public static async ValueTask<TimelineWords> ReadAsync(IJournalReader journal, IEnumerable<TimelineItem> items, CancellationToken ct)
    {
        var words = new TimelineWords();
        var missing = items.Where(item => item.Text.Length == 0).Select(item => item.Position).Order().ToArray();
        for (var i = 0; i < missing.Length;)
        {
            var together = 1;
            while (i + together < missing.Length && missing[i + together] == missing[i] + together)
            {
                together++;
            }

            foreach (var e in await journal.ReadAsync(missing[i] - 1, together, ct))
            {
                words._events[e.Position] = e; // Where one was overwritten, also some that nobody asked for.
            }

            i += together;
        }

        return words;
    }

    /// <returns>Empty texts for an event that was overwritten since: the entry itself is about to go.</returns>
    public (string Text, string Json) Of(TimelineItem item) =>
        item.Text.Length > 0 ? (item.Text, item.Json)
        : _events.TryGetValue(item.Position, out var e) ? (TimelineText.Of(e.Event), TimelineJson.TextOf(e.Event))
        : ("", "");
}
