using System.Collections.Concurrent;
using System.Text.Json;
using SmartService.Domain;
using SmartService.Engine.Feeds;

namespace SmartService.Gateway.Backoffice;

/// <summary>Who of the staff looks at a conversation, or types in it, now. On this machine; what is lost comes back with the next beat.</summary>
internal sealed class DeskPresence(IFeeds feeds, TimeProvider clock)
{
    private const int MaxConversations = 20_000;
    private const int MaxViewers = 50;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(TenantId, string), Viewer[]> _viewers = new();

    /// <summary>Notes a beat; whoever listens is told when something changed by it.</summary>
    public IReadOnlyList<PresentView> Beat(TenantId tenant, string conversation, string id, string name, bool viewing, bool typing)
    {
        if (_viewers.Count >= MaxConversations)
        {
            Forget();
        }

        var now = clock.GetTimestamp();
        var before = Of(tenant, conversation);
        var mine = new Viewer(id, name, typing && viewing, now);
        _viewers.AddOrUpdate(
            (tenant, conversation),
            _ => viewing ? [mine] : [],
            (_, all) => [.. all.Where(v => v.Id != id && IsHere(v)).Take(MaxViewers - 1), .. viewing ? [mine] : Array.Empty<Viewer>()]);
        var after = Of(tenant, conversation);
        if (!before.SequenceEqual(after))
        {
            var frame = new PresenceFrame(conversation, after);
            feeds.Signal(new(tenant, null), "presence", JsonSerializer.SerializeToUtf8Bytes(frame, GatewayJson.Default.PresenceFrame));
        }

        if (after.Count == 0)
        {
            _viewers.TryRemove((tenant, conversation), out _);
        }

        return after;
    }

    public IReadOnlyList<PresentView> Of(TenantId tenant, string conversation) => _viewers.TryGetValue((tenant, conversation), out var all)
        ? [.. all.Where(IsHere).OrderBy(v => v.Id, StringComparer.Ordinal).Select(v => new PresentView(v.Id, v.Name, v.Typing))]
        : [];

    private bool IsHere(Viewer viewer) => clock.GetElapsedTime(viewer.Since) < Remembered;

    private void Forget()
    {
        foreach (var (key, all) in _viewers)
        {
            if (!all.Any(IsHere))
            {
                _viewers.TryRemove(key, out _);
            }
        }

        if (_viewers.Count >= MaxConversations)
        {
            _viewers.Clear();
        }
    }

    private sealed record Viewer(string Id, string Name, bool Typing, long Since);
}
