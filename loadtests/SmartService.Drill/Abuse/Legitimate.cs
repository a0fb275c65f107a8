using System.Diagnostics;
using System.Globalization;
using System.Text;
using SmartService.Drills.Measuring;
using SmartService.Drills.Stores;
using SmartService.Drills.Wire;

namespace SmartService.Drill.Abuse;

/// <summary>Ordinary shoppers who go on asking, at a fixed pace, on connections of their own: what they notice is the measure of all attacks.</summary>
internal sealed class Legitimate : IAsyncDisposable
{
    private const int Askers = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(80);
    private readonly Store _store;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly LatencyHistogram _before = new();
    private readonly LatencyHistogram _during = new();
    private readonly Task[] _askers;
    private readonly TaskCompletionSource[] _first = [.. Enumerable.Range(0, Askers).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
    private bool _attacked;
    private int _failed;
    private int _refused;

    public Legitimate(Store store)
    {
        _store = store;
        _askers = [.. Enumerable.Range(0, Askers).Select(n => Task.Run(() => AskAsync(n)))];
    }

    /// <summary>What is asked from now on counts as during the attack.</summary>
    public bool Attacked
    {
        set
        {
            lock (_gate)
            {
                _attacked = value;
            }
        }
    }

    /// <summary>Completes when each of them has had an answer, and so has the connection it keeps.</summary>
    public Task AllAnsweredAsync(CancellationToken ct) => Task.WhenAll(_first.Select(f => f.Task)).WaitAsync(ct);

    public double BeforeP99Ms => _before.PercentileMilliseconds(0.99);

    public double DuringP99Ms => _during.PercentileMilliseconds(0.99);

    public long Asked => _before.Count + _during.Count;

    /// <summary>Answered with something else than success, or not at all.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Refused for now, with a time to come again.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_askers);
        _stop.Dispose();
    }

    private async Task AskAsync(int asker)
    {
        var due = Stopwatch.GetTimestamp();
        RawClient? connection = null;
        for (var turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            due += Moment.Ticks(Pace);
            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            try
            {
                connection ??= await RawClient.ConnectAsync(_store.Address, _stop.Token);
                var status = await SendAsync(connection, asker, turn);
                Count(status, Stopwatch.GetElapsedTime(due));
                _first[asker].TrySetResult();
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or IOException)
            {
                Count(0, Stopwatch.GetElapsedTime(due));
                connection?.Dispose();
                connection = null;
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        connection?.Dispose();
    }

    private async Task<int> SendAsync(RawClient connection, int asker, int turn)
    {
        var shopper = _store.Shoppers[asker % _store.Shoppers.Count];

        // A new conversation every 50 questions: they are bounded.
        var body = string.Create(CultureInfo.InvariantCulture, $"{{\"clientId\":\"legit{asker:x2}{turn:x8}\",\"text\":\"Where is my order?\"}}");
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/shopper/conversations/legit{_store.Run}{asker:x2}{turn / 50:x6}/messages HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer {shopper.Token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        if (!await connection.TrySendAsync(Encoding.ASCII.GetBytes(request), _stop.Token))
        {
            throw new IOException("The server closed the connection.");
        }

        var buffer = new byte[16 * 1024];
        for (var filled = 0; ;)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(filled), _stop.Token);
            filled += read;
            if (read == 0 || filled == buffer.Length)
            {
                throw new IOException("The server closed the connection.");
            }

            if (HttpAnswer.TryRead(buffer.AsSpan(0, filled), out var answer))
            {
                return answer.Status;
            }
        }
    }

    private void Count(int status, TimeSpan took)
    {
        lock (_gate)
        {
            (_attacked ? _during : _before).Record(took);
            _refused += status is 429 or 503 ? 1 : 0;
            _failed += status is 0 or (>= 300 and not 429 and not 503) ? 1 : 0;
        }
    }
}
