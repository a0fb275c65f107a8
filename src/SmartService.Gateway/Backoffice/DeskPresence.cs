using System.Collections.Concurrent;
using System.Text.Json;
using SmartService.Domain;
using SmartService.Engine.Feeds;

namespace SmartService.Gateway.Backoffice;

/// <summary>
/// Who of the staff looks at a conversation, or types in it, now. Every gateway of a cluster hears every beat and remembers for itself; what is
/// lost comes back with the next one.
/// </summary>
internal sealed partial class DeskPresence(IFeeds feeds, TimeProvider clock, ILogger<DeskPresence> log, IBroadcast? others = null) : IHostedService
{
    private const string Channel = "desk";
    private const int MaxConversations = 20_000;
    private const int MaxViewers = 50;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(TenantId, string), Viewer[]> _viewers = new();
    private readonly string _self = Guid.NewGuid().ToString("N");

    /// <summary>Hears the others from the start: whoever looks since before the first request here is known too.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        others?.Open(Channel, Hear);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Notes a beat; whoever listens is told when something changed by it.</summary>
    public IReadOnlyList<PresentView> Beat(TenantId tenant, string conversation, string id, string name, bool viewing, bool typing)
    {
        var before = Of(tenant, conversation);
        Note(tenant, conversation, id, name, viewing, typing);
        var after = Of(tenant, conversation);
        others?.Send(Channel, JsonSerializer.SerializeToUtf8Bytes(
            new DeskBeat(_self, tenant.Value, conversation, id, name, viewing, typing), GatewayJson.Default.DeskBeat));
        if (!before.SequenceEqual(after))
        {
            var frame = new PresenceFrame(conversation, after);
            feeds.Signal(new(tenant, null), "presence", JsonSerializer.SerializeToUtf8Bytes(frame, GatewayJson.Default.PresenceFrame));
        }

        return after;
    }

    public IReadOnlyList<PresentView> Of(TenantId tenant, string conversation) => _viewers.TryGetValue((tenant, conversation), out var all)
        ? [.. all.Where(IsHere).OrderBy(v => v.Id, StringComparer.Ordinal).Select(v => new PresentView(v.Id, v.Name, v.Typing))]
        : [];

    private bool IsHere(Viewer viewer) => clock.GetElapsedTime(viewer.Since) < Remembered;

    private void Note(TenantId tenant, string conversation, string id, string name, bool viewing, bool typing)
    {
        if (_viewers.Count >= MaxConversations)
        {
            Forget();
        }

        var mine = new Viewer(id, name, typing && viewing, clock.GetTimestamp());
        var all = _viewers.AddOrUpdate(
            (tenant, conversation),
            _ => viewing ? [mine] : [],
            (_, known) => [.. known.Where(v => v.Id != id && IsHere(v)).Take(MaxViewers - 1), .. viewing ? [mine] : Array.Empty<Viewer>()]);
        if (all.Length == 0)
        {
            _viewers.TryRemove(new KeyValuePair<(TenantId, string), Viewer[]>((tenant, conversation), all));
        }
    }

    /// <summary>Another gateway's beat; its own listeners and ours were told by it.</summary>
    private void Hear(byte[] message)
    {
        try
        {
            if (JsonSerializer.Deserialize(message, GatewayJson.Default.DeskBeat) is { } beat && beat.Sender != _self)
            {
                Note(new(beat.Tenant), beat.Conversation, beat.Id, beat.Name, beat.Viewing, beat.Typing);
            }
        }
        catch (JsonException e)
        {
            LogStrange(log, e.Message);
        }
    }

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

    [LoggerMessage(6041, LogLevel.Warning, "Another gateway's word on who is at the desk cannot be read: {Reason}")]
    private static partial void LogStrange(ILogger log, string reason);
}
