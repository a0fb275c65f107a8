using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SmartService.Drills.Checking;
using SmartService.Drills.Stores;
using SmartService.Drills.Wire;

namespace SmartService.Drill.Driving;

/// <summary>
/// One shopper's stream, opened again after every break from the last event seen, as a browser does. Counts what comes twice, and
/// how long each answer took from the server's own stamp in it.
/// </summary>
internal sealed class ShopperStream(Shopper shopper, Store store, Ledger ledger, Meter meter, EndPoint address, Action<string> popupCame) : IServerEvents
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly byte[] _buffer = new byte[2048];
    private Socket? _socket;
    private bool _wanted;
    private long _last = shopper.Position;
    private DateTimeOffset _connectedAt;

    public bool IsConnected { get; private set; }

    public Task Ended { get; private set; } = Task.CompletedTask;

    public void Open()
    {
        lock (_gate)
        {
            if (!_wanted)
            {
                _wanted = true;
                var before = Ended;
                Ended = Task.Run(async () =>
                {
                    await before;
                    await RunAsync();
                });
            }
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _wanted = false;
            _socket?.Dispose();
        }
    }

    public void Break()
    {
        lock (_gate)
        {
            _socket?.Dispose();
        }
    }

    public void Event(ReadOnlySpan<byte> name, long id, ReadOnlySpan<byte> data)
    {
        if (name.SequenceEqual("ready"u8))
        {
            (_connectedAt, IsConnected) = (DateTimeOffset.UtcNow, true);
            return;
        }

        if (id > 0)
        {
            if (id <= _last)
            {
                meter.PushedTwice();
                return;
            }

            _last = id;
        }

        if (name.SequenceEqual("message"u8))
        {
            Message(data);
        }
        else if (name.SequenceEqual("popup"u8))
        {
            using var popup = Parse(data);
            popupCame(popup.RootElement.GetProperty("id").GetString()!);
        }
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        return JsonDocument.ParseValue(ref reader);
    }

    private void Message(ReadOnlySpan<byte> data)
    {
        var now = DateTimeOffset.UtcNow;
        var (conversation, at, isShopper) = (-1, default(DateTimeOffset), true);
        var reader = new Utf8JsonReader(data);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            var isConversation = reader.ValueTextEquals("conversation"u8);
            var isAuthor = reader.ValueTextEquals("author"u8);
            var isAt = reader.ValueTextEquals("at"u8);
            reader.Read();
            conversation = isConversation ? store.JourneyOf(reader.ValueSpan) : conversation;
            isShopper = isAuthor ? reader.ValueTextEquals("customer"u8) : isShopper;
            at = isAt ? reader.GetDateTimeOffset() : at;
            reader.TrySkip();
        }

        if (!isShopper && conversation >= 0 && conversation < ledger.Journeys)
        {
            ledger.Pushed(conversation);
            meter.Pushed(at > _connectedAt ? now - at : null);
        }
    }

    private async Task RunAsync()
    {
        var retry = FirstRetry;
        while (Volatile.Read(ref _wanted))
        {
            using (var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
            {
                lock (_gate)
                {
                    if (!_wanted)
                    {
                        return;
                    }

                    _socket = socket;
                }

                try
                {
                    await socket.ConnectAsync(address);
                    await ReadAsync(socket);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidDataException)
                {
                    // Left, or the server is gone: below it is decided whether to come back.
                    IsConnected = false;
                }
            }

            retry = IsConnected ? FirstRetry : retry < LongestRetry ? retry * 2 : LongestRetry;
            IsConnected = false;
            if (Volatile.Read(ref _wanted))
            {
                await Task.Delay(retry);
            }
        }
    }

    private async Task ReadAsync(Socket socket)
    {
        await socket.SendAsync(HttpBytes.OfStream(shopper.Token, _last));
        var events = new ServerEvents(this);
        var filled = 0;
        var inBody = false;
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (read == 0)
            {
                return;
            }

            filled += read;
            if (!inBody)
            {
                var end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
                if (end < 0)
                {
                    continue;
                }

                if (!_buffer.AsSpan(0, filled).StartsWith("HTTP/1.1 200"u8))
                {
                    return;
                }

                inBody = true;
                events.Take(_buffer.AsSpan(end + 4, filled - end - 4));
            }
            else
            {
                events.Take(_buffer.AsSpan(0, filled));
            }

            filled = 0;
        }
    }
}
