using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Feeds;
using StackExchange.Redis;

namespace SmartService.Engine.Cluster.Redis;

/// <summary>
/// What may be lost between processes: that the journal has grown, who types, who listens. Everything here is sent and forgotten;
/// when Redis is away nothing waits for it, and it is reached again by itself.
/// </summary>
internal sealed partial class RedisBus(JournalHead head, IOptions<ClusterOptions> options, ILogger<RedisBus> logger) : IBroadcast, IHostedService, IDisposable
{
    private readonly string _prefix = options.Value.Name;
    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, Wanted> _wanted = new(StringComparer.Ordinal);
    private ConnectionMultiplexer? _redis;
    private ISubscriber? _channels;
    private long _told;

    /// <summary>Someone elsewhere signalled a feed that is listened to here.</summary>
    public event Action<FeedKey, string, byte[]>? Signalled;

    /// <summary>Whether what is sent now arrives.</summary>
    public bool IsConnected => _redis is { IsConnected: true };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Redis.Length == 0)
        {
            return;
        }

        var configuration = ConfigurationOptions.Parse(options.Value.Redis);
        configuration.AbortOnConnectFail = false;
        configuration.ClientName = $"{_prefix}-{options.Value.Node}";
        configuration.ConnectTimeout = Math.Min(configuration.ConnectTimeout, 2_000);
        configuration.BacklogPolicy = BacklogPolicy.FailFast; // What could not be sent now is worth nothing later.
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        _redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        _redis.ConnectionFailed += (_, e) => LogAway(e.FailureType.ToString());
        _redis.ConnectionRestored += (_, _) => Back();
        _channels = _redis.GetSubscriber();
        if (!_redis.IsConnected)
        {
            LogAway("not reached at the start");
        }

        if (options.Value.IsGateway)
        {
            Open("head", message => head.MoveTo(BinaryPrimitives.ReadInt64LittleEndian(message)));
        }

        Subscribe();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_redis is not null)
        {
            await _redis.CloseAsync(allowCommandsToComplete: false);
        }
    }

    public void Dispose() => _redis?.Dispose();

    /// <summary>The journal has grown to this position.</summary>
    public void TellHead(long position)
    {
        if (!IsConnected || position <= Interlocked.Exchange(ref _told, position))
        {
            return;
        }

        var message = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(message, position);
        Send("head", message);
    }

    public void Send(string channel, byte[] message)
    {
        if (IsConnected)
        {
            _ = TryAsync(() => _channels!.PublishAsync(Channel(channel), message, CommandFlags.FireAndForget));
        }
    }

    /// <remarks>Asked for while Redis is away, it is heard from when it is back.</remarks>
    public void Open(string channel, Action<byte[]> heard)
    {
        var wanted = new Wanted(heard);
        _wanted[channel] = wanted;
        if (IsConnected)
        {
            Subscribe(channel, wanted);
        }
    }

    public void Signal(FeedKey feed, string kind, ReadOnlyMemory<byte> json)
    {
        // Its sender, so that this process does not tell its own listeners twice, then the kind, then the payload.
        var message = new byte[_self.Length + 1 + kind.Length + json.Length];
        Encoding.ASCII.GetBytes(_self, message);
        message[_self.Length] = (byte)kind.Length;
        Encoding.ASCII.GetBytes(kind, message.AsSpan(_self.Length + 1));
        json.Span.CopyTo(message.AsSpan(_self.Length + 1 + kind.Length));
        Send(NameOf(feed), message);
    }

    public void Listen(FeedKey feed) => Open(NameOf(feed), message => Hear(feed, message));

    public void Leave(FeedKey feed)
    {
        if (_wanted.TryRemove(NameOf(feed), out _) && IsConnected)
        {
            _ = TryAsync(() => _channels!.UnsubscribeAsync(Channel(NameOf(feed)), flags: CommandFlags.FireAndForget));
        }
    }

    /// <summary>Whether any process listens. A process that died takes its subscription with it, so nothing here goes stale.</summary>
    public bool HasListeners(FeedKey feed)
    {
        if (_redis is not { IsConnected: true } redis)
        {
            return false;
        }

        try
        {
            return redis.GetServers().Any(s => s.IsConnected && s.SubscriptionSubscriberCount(Channel(NameOf(feed))) > 0);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private static string NameOf(FeedKey feed) => feed.Customer is { } customer ? $"feed:{feed.Tenant.Value}/{customer.Value}" : $"feed:{feed.Tenant.Value}";

    private RedisChannel Channel(string name) => RedisChannel.Literal($"{_prefix}:{name}");

    private void Back()
    {
        LogBack();
        Subscribe();
    }

    /// <summary>Subscribes what is wanted and is not yet; what was once subscribed comes back by itself.</summary>
    private void Subscribe()
    {
        if (!IsConnected)
        {
            return;
        }

        foreach (var (channel, wanted) in _wanted)
        {
            Subscribe(channel, wanted);
        }
    }

    private void Subscribe(string channel, Wanted wanted)
    {
        if (wanted.TryBegin())
        {
            _ = TryAsync(() => SubscribeAsync(channel, wanted));
        }
    }

    private async Task SubscribeAsync(string channel, Wanted wanted)
    {
        try
        {
            // A queue and not a handler: handlers of one channel run side by side.
            var messages = await _channels!.SubscribeAsync(Channel(channel));
            messages.OnMessage(message => wanted.Heard((byte[])message.Message!));
        }
        catch
        {
            wanted.Failed();
            throw;
        }
    }

    private void Hear(FeedKey feed, byte[] message)
    {
        if (message.AsSpan(0, _self.Length).SequenceEqual(Encoding.ASCII.GetBytes(_self)))
        {
            return;
        }

        var length = message[_self.Length];
        var kind = Encoding.ASCII.GetString(message, _self.Length + 1, length);
        Signalled?.Invoke(feed, kind, message[(_self.Length + 1 + length)..]);
    }

    private async Task TryAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            LogLost(e.Message);
        }
    }

    [LoggerMessage(2321, LogLevel.Warning, "Redis is away ({Reason}): pushes between gateways wait for the next look into the journal, limits count per gateway.")]
    private partial void LogAway(string reason);

    [LoggerMessage(2322, LogLevel.Information, "Redis is back.")]
    private partial void LogBack();

    [LoggerMessage(2323, LogLevel.Debug, "A message to other processes was lost: {Reason}")]
    private partial void LogLost(string reason);

    /// <summary>Who wants to hear a channel, and whether that was asked of Redis.</summary>
    private sealed class Wanted(Action<byte[]> heard)
    {
        private int _isAsked;

        public Action<byte[]> Heard => heard;

        public bool TryBegin() => Interlocked.Exchange(ref _isAsked, 1) == 0;

        public void Failed() => Volatile.Write(ref _isAsked, 0);
    }
}
