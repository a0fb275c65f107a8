using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace SmartService.Gateway.Push;

/// <summary>
/// One open stream: writes server-sent events straight into the response's pipe. Nothing is queued here; a reader that does
/// not read makes the writer wait, and the feed behind it falls back to the journal. Heartbeats come from another thread,
/// so a gate keeps the two writers apart.
/// </summary>
/// <remarks>WHATWG HTML, section 9.2, "Server-sent events".</remarks>
internal sealed class EventStream(HttpContext context, DateTimeOffset? expiresAt, CancellationTokenSource closing) : IDisposable
{
    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    private readonly PipeWriter _pipe = context.Response.BodyWriter;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private byte[]? _told;

    /// <summary>Writes that the network took; changed under the gate.</summary>
    private long _written;

    /// <summary>What <see cref="_written"/> was when a beat found a write under way.</summary>
    private long _stuckAt = -1;

    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    /// <summary>Writes an event and hands it to the network. Id 0: the event is not kept.</summary>
    public async ValueTask WriteAsync(StreamEvent e, long id, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            Begin(e.Name, id);
            var json = _json ??= new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { SkipValidation = true, Encoder = GatewayJson.Default.Options.Encoder });
            json.Reset(_pipe);
            e.WriteData(json);
            json.Flush();
            json.Reset(Stream.Null);
            await SendAsync("\n\n"u8, ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Writes an event whose data is JSON already, on one line.</summary>
    public async ValueTask WriteRawAsync(string name, ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            Begin(name, 0);
            _pipe.Write(json.Span);
            await SendAsync("\n\n"u8, ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask WriteRetryAsync(TimeSpan retry, CancellationToken ct)
    {
        _pipe.Write(Encoding.ASCII.GetBytes($"retry: {(long)retry.TotalMilliseconds}\n\n"));
        await _pipe.FlushAsync(ct);
    }

    /// <summary>
    /// A comment that keeps proxies awake. Skipped while an event is being written: that serves as well. One that is still being
    /// written at the next beat is to a reader who does not read: the connection is cut.
    /// </summary>
    /// <remarks>The server's least rate does not do it: it credits what the network took at first, megabytes, for hours.</remarks>
    public async Task BeatAsync(CancellationToken ct)
    {
        if (!_gate.Wait(0, ct))
        {
            var written = Volatile.Read(ref _written);
            if (Interlocked.Exchange(ref _stuckAt, written) == written)
            {
                context.Abort();
                Close();
            }

            return;
        }

        try
        {
            await SendAsync(":\n\n"u8, ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Writes an event that is not kept, without being waited for. While one is on its way only the newest waits: a reader who does not read costs one.</summary>
    public void Tell(string name, byte[] json)
    {
        if (Interlocked.Exchange(ref _told, json) is null)
        {
            _ = TellAsync(name);
        }
    }

    public void Close()
    {
        try
        {
            closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at this moment.
            _told = null;
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task TellAsync(string name)
    {
        try
        {
            await Task.Yield(); // Who tells all streams must not write them all.
            for (var json = Volatile.Read(ref _told); json is not null; json = Next(json))
            {
                await WriteRawAsync(name, json, closing.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            Close(); // The reader went while being told.
        }
    }

    /// <summary>What came while the last was written; null when nothing did.</summary>
    private byte[]? Next(byte[] written) => Interlocked.CompareExchange(ref _told, null, written) is var newest && ReferenceEquals(newest, written) ? null : newest;

    /// <summary>Writes the end and hands it all to the network; under the gate.</summary>
    private ValueTask SendAsync(ReadOnlySpan<byte> end, CancellationToken ct)
    {
        _pipe.Write(end);
        return CountAsync(_pipe.FlushAsync(ct));
    }

    private async ValueTask CountAsync(ValueTask<FlushResult> flushed)
    {
        await flushed;
        _written++;
    }

    private void Begin(string name, long id)
    {
        if (id > 0)
        {
            _pipe.Write("id: "u8);
            var digits = _pipe.GetSpan(20);
            Utf8Formatter.TryFormat(id, digits, out var length);
            _pipe.Advance(length);
            _pipe.Write("\n"u8);
        }

        _pipe.Write("event: "u8);
        Encoding.ASCII.GetBytes(name, _pipe);
        _pipe.Write("\ndata: "u8);
    }
}
