using System.Diagnostics;
using System.Net;
using SmartService.Drills.Checking;
using SmartService.Drills.Shoppers;
using SmartService.Drills.Stores;
using SmartService.Drills.Wire;

namespace SmartService.Drill.Driving;

/// <summary>Reads every conversation of a drill back through the API and holds it against the ledger.</summary>
internal sealed class ReadBack(Requests requests, Ledger ledger, Store store, Reconciliation reconciliation) : IExchangeOwner
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Connections? _connections;
    private int _next;
    private int _running;
    private volatile string? _fault;

    public int Read => Volatile.Read(ref _next);

    /// <exception cref="ReadBackException">A conversation could not be read; then nothing is known of it.</exception>
    public async Task RunAsync()
    {
        using var connections = new Connections(new IPEndPoint(Dns.GetHostAddresses(store.Address.Host)[0], store.Address.Port), AtOnce, this);
        _connections = connections;
        connections.Open();
        _running = AtOnce;
        for (var i = 0; i < AtOnce; i++)
        {
            SendNext();
        }

        while (await Task.WhenAny(_done.Task, Task.Delay(1_000)) != _done.Task)
        {
            connections.BreakOverdue();
        }

        await connections.CloseAsync();
        if (_fault is { } fault)
        {
            throw new ReadBackException(fault);
        }
    }

    public void Answered(Exchange exchange, in HttpAnswer answer, long received)
    {
        var journey = exchange.Step.Journey;
        if (answer.IsSuccess || answer.Status == 404)
        {
            reconciliation.Check(journey, answer.IsSuccess ? answer.Body : [], requests.ShopperOf(journey).KeepsStream);
            SendNext();
        }
        else
        {
            Again(exchange, $"answered {answer.Status}");
        }
    }

    public void Broke(Exchange exchange) => Again(exchange, "was not answered");

    private void Again(Exchange exchange, string why)
    {
        if (Stopwatch.GetTimestamp() > exchange.Deadline)
        {
            _fault = $"Conversation {store.Conversation(exchange.Step.Journey)} could not be read back: it {why}.";
            SendNext();
            return;
        }

        _ = Task.Delay(100).ContinueWith(_ => _connections!.Send(exchange), TaskScheduler.Default);
    }

    private void SendNext()
    {
        while (true)
        {
            var journey = Interlocked.Increment(ref _next) - 1;
            if (journey >= ledger.Journeys || _fault is not null)
            {
                if (Interlocked.Decrement(ref _running) == 0)
                {
                    _done.TrySetResult();
                }

                return;
            }

            if (ledger.AnySent(journey))
            {
                _connections!.Send(new Exchange
                {
                    Step = new(0, journey, StepKind.Ask, 0), Bytes = HttpBytes.Of(requests.ReadBack(journey)),
                    Deadline = Stopwatch.GetTimestamp() + (long)(Patience.TotalSeconds * Stopwatch.Frequency),
                });
                return;
            }
        }
    }
}

/// <summary>What the server has could not be read back.</summary>
internal sealed class ReadBackException(string message) : Exception(message);
