using System.Collections.Concurrent;
using System.Text;
using SmartService.Domain;
using SmartService.Engine.Cluster.Redis;
using SmartService.Engine.Feeds;

namespace SmartService.Engine.Cluster.Feeds;

/// <summary>Who types now, on any gateway: each tells the others over Redis and remembers for itself. Without Redis, only what was heard here.</summary>
internal sealed class ClusterPresence : IPresence
{
    private const string Channel = "typing";
    private const int MostTyping = 100_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, long> _typing = new(StringComparer.Ordinal);
    private readonly RedisBus _bus;
    private readonly TimeProvider _clock;

    public ClusterPresence(RedisBus bus, TimeProvider clock)
    {
        (_bus, _clock) = (bus, clock);
        bus.Open(Channel, message => Note(Encoding.UTF8.GetString(message, 1, message.Length - 1), message[0] == 1));
    }

    public void Typing(TenantId tenant, CustomerId customer, bool typing)
    {
        var who = Name(tenant, customer);
        Note(who, typing);
        _bus.Send(Channel, [typing ? (byte)1 : (byte)0, .. Encoding.UTF8.GetBytes(who)]);
    }

    public bool IsTyping(TenantId tenant, CustomerId customer) =>
        _typing.TryGetValue(Name(tenant, customer), out var since) && _clock.GetElapsedTime(since) < Remembered;

    private static string Name(TenantId tenant, CustomerId customer) => $"{tenant.Value}/{customer.Value}";

    private void Note(string who, bool typing)
    {
        if (!typing)
        {
            _typing.TryRemove(who, out _);
            return;
        }

        if (_typing.Count >= MostTyping)
        {
            _typing.Clear(); // Bounded; a popup may come while one of them types.
        }

        _typing[who] = _clock.GetTimestamp();
    }
}
