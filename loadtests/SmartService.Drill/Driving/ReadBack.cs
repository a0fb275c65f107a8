using System.Diagnostics;
using System.Net;
using SmartService.Drills.Checking;
using SmartService.Drills.Measuring;
using SmartService.Drills.Shoppers;
using SmartService.Drills.Stores;
using SmartService.Drills.Wire;

namespace SmartService.Drill.Driving;

/// <summary>Reads every conversation of a drill back through the API and holds it against the ledger.</summary>
internal sealed class ReadBack(Requests requests, Ledger ledger, Store store, Reconciliation reconciliation) : IExchangeOwner, IDisposable
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Coarse = TimeSpan.FromMicroseconds(250);
    private readonly Readiness _readiness = Readiness.Create();
    private readonly Queue<(Exchange Exchange, long At)> _later = new();
    private Connections? _connections;
    private int _next;
    private int _running = AtOnce;
    private int _read;
    private bool _gaveUp;

    /// <summary>How long one conversation is asked for, again and again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Conversations read so far.</summary>
    public int Read => Volatile.Read(ref _read);

    /// <summary>Ends when all are read, or when the server has kept one back for longer than <see cref="Patience"/>: then the others are not asked for.</summary>
    /// <param name="progress">Told every second how many of how many were looked for; null when nobody wants to know.</param>
    public async Task RunAsync(Action<int, int>? progress = null)
    {
        await Task.Factory.StartNew(() => Run(progress), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        reconciliation.Unread(Enumerable.Range(0, ledger.Journeys).Count(ledger.AnySent) - Read);
    }

    public ReadOnlySpan<byte> BytesOf(Exchange exchange) => exchange.Bytes.Span;

    public void Answered(Exchange exchange, in HttpAnswer answer, long received)
    {
        var journey = exchange.Step.Journey;
        if (answer.IsSuccess || answer.Status == 404)
        {
            reconciliation.Check(journey, answer.IsSuccess ? answer.Body : [], requests.ShopperOf(journey).KeepsStream);
            Volatile.Write(ref _read, _read + 1);
            SendNext();
        }
        else
        {
            Again(exchange, $"answered {answer.Status}");
        }
    }

    public void Broke(Exchange exchange) => Again(exchange, "was not answered");

    public void Dispose()
    {
        _connections?.Dispose();
        _readiness.Dispose();
    }

    private void Run(Action<int, int>? progress)
    {
        var connections = _connections = new Connections(
            new IPEndPoint(Dns.GetHostAddresses(store.Address.Host)[0], store.Address.Port), AtOnce, AtOnce, _readiness, this);
        for (var i = 0; i < AtOnce; i++)
        {
            SendNext();
        }

        Span<int> ready = stackalloc int[AtOnce];
        for (var second = Stopwatch.GetTimestamp(); _running > 0;)
        {
            connections.Tend();
            SendLater();
            var count = _readiness.Wait(ready, LongestWait);
            foreach (var id in ready[..count])
            {
                connections.Ready(id);
            }

            if (Stopwatch.GetElapsedTime(second) > TimeSpan.FromSeconds(1))
            {
                second = Stopwatch.GetTimestamp();
                connections.BreakOverdue();
                foreach (var exchange in connections.TakeOverdue())
                {
                    Broke(exchange); // A server that is gone takes no connection; what waits for one would wait for ever.
                }

                progress?.Invoke(Math.Min(_next, ledger.Journeys), ledger.Journeys);
            }

            Native.Sleep(Coarse); // The server has the processor meanwhile, and several answers come together.
        }
    }

    private void Again(Exchange exchange, string why)
    {
        if (Stopwatch.GetTimestamp() > exchange.Deadline)
        {
            _gaveUp = true;
            reconciliation.Unreadable(exchange.Step.Journey, why);
            SendNext();
            return;
        }

        _later.Enqueue((exchange, Moment.In(Pause)));
    }

    private void SendLater()
    {
        while (_later.TryPeek(out var later) && later.At <= Stopwatch.GetTimestamp())
        {
            _connections!.Send(_later.Dequeue().Exchange);
        }
    }

    private void SendNext()
    {
        while (_next < ledger.Journeys && !_gaveUp)
        {
            var journey = _next++;
            if (ledger.AnySent(journey))
            {
                _connections!.Send(new Exchange
                {
                    Step = new(0, journey, StepKind.Ask, 0), Bytes = HttpBytes.Of(requests.ReadBack(journey)),
                    Deadline = Moment.In(Patience),
                });
                return;
            }
        }

        _running--;
    }
}
