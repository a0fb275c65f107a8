using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartService.Drill.Abuse;

/// <summary>A connection on which anything can be sent, and on which answers are counted as the bytes say.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;

    private RawClient(Socket socket) => _socket = socket;

    public static async Task<RawClient> ConnectAsync(Uri address, CancellationToken ct, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBuffer is { } bytes)
            {
                socket.ReceiveBufferSize = bytes; // Before connecting: it bounds the window that is offered.
            }

            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), ct);
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes, ct)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false; // The server has closed: that is for the caller to judge.
        }
    }

    public Task<bool> TrySendAsync(string text, CancellationToken ct) => TrySendAsync(Encoding.Latin1.GetBytes(text), ct);

    /// <summary>Everything until the server closes or is silent for a while.</summary>
    /// <param name="firstWithin">How long it may take to say anything at all; null for no longer than the silence that ends it.</param>
    public async Task<(string Text, bool Closed)> ReadAsync(TimeSpan silence, CancellationToken ct, TimeSpan? firstWithin = null)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(text.Length == 0 ? firstWithin ?? silence : silence);
            try
            {
                var read = await _socket.ReceiveAsync(buffer, patience.Token);
                if (read == 0)
                {
                    return (text.ToString(), true);
                }

                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
            catch (SocketException)
            {
                return (text.ToString(), true);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return (text.ToString(), false);
            }
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct) => _socket.ReceiveAsync(buffer, ct);

    /// <summary>Statuses of all answers in what was received.</summary>
    public static IReadOnlyList<int> Statuses(string text)
    {
        var statuses = new List<int>();
        for (var at = text.IndexOf("HTTP/1.1 ", StringComparison.Ordinal); at >= 0; at = text.IndexOf("HTTP/1.1 ", at + 1, StringComparison.Ordinal))
        {
            if (text.Length >= at + 12 && int.TryParse(text.AsSpan(at + 9, 3), CultureInfo.InvariantCulture, out var status))
            {
                statuses.Add(status);
            }
        }

        return statuses;
    }

    public void Dispose() => _socket.Dispose();
}
