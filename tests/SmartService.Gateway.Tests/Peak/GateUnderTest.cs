using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Domain.Peak;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Tests.Peak;

/// <summary>The gate over a machine that serves so many messages a second, in simulated time: nothing here waits.</summary>
internal sealed class GateUnderTest
{
    private const int Pieces = 10;
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private readonly Queue<(TimeSpan Began, string Tenant)> _working = new();
    private double _due;

    public GateUnderTest(double servedPerSecond, Action<PeakOptions>? configure = null)
    {
        ServedPerSecond = servedPerSecond;
        Options = new PeakOptions { SettleFor = TimeSpan.Zero }; // As a server that has been there for a while.
        configure?.Invoke(Options);
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        Lines = new(options);
        Gate = new(Lines, options, Clock);
        Control = new(Lines, Gate, options, Clock);
    }

    public PeakOptions Options { get; }

    public double ServedPerSecond { get; set; }

    public HandClock Clock { get; } = new();

    public TenantLines Lines { get; }

    /// <summary>Messages of those let in that wait for a machine which gives no answer.</summary>
    public int Unanswered { get; set; }

    public AdmissionGate Gate { get; }

    public PeakControl Control { get; }

    public Dictionary<string, int> Admitted { get; } = [];

    public TimeSpan Now { get; private set; }

    public List<(string Tenant, HeldTurn Turn)> Held { get; } = [];

    /// <summary>Told to whom a held request ended with a place after all.</summary>
    public Action<string, string, Admission>? SentAway { get; set; }

    /// <summary>A person sets something.</summary>
    public void Set(PeakSwitchCommand command) =>
        Control.Apply(PeakSwitchDecider.Decide(Control.Set, command).Events.Aggregate(Control.Set, PeakSwitchDecider.Evolve));

    public TenantLine Line(string tenant) => Lines.Of(new TenantId(tenant));

    /// <summary>One message; what is admitted is worked on by the machine.</summary>
    public Admission Ask(string tenant, string customer)
    {
        var said = Gate.Enter(Line(tenant), customer);
        if (said.Kind == AdmissionKind.Admitted)
        {
            Take(tenant);
        }
        else if (said.Kind == AdmissionKind.Held)
        {
            Held.Add((tenant, said.Turn!));
        }

        return said;
    }

    /// <summary>A tenth of a second: the machine serves, the gate measures.</summary>
    public void Pass(TimeSpan? queueAge = null)
    {
        for (var i = 0; i < Pieces; i++)
        {
            Clock.Move(Step / Pieces);
            Now += Step / Pieces;
            _due += ServedPerSecond * Step.TotalSeconds / Pieces;
            for (; _due >= 1 && _working.TryDequeue(out var done); _due--)
            {
                Gate.Leave(Line(done.Tenant), Now - done.Began);
                Collect();
            }

            _due = _working.Count == 0 ? 0 : _due;
        }

        Control.Tick(queueAge ?? TimeSpan.Zero, TimeSpan.Zero, 0, Unanswered);
        Collect();
    }

    private void Collect()
    {
        for (var i = 0; i < Held.Count;)
        {
            var (tenant, turn) = Held[i];
            if (!turn.Task.IsCompleted)
            {
                i++;
                continue;
            }

            Held.RemoveAt(i);
            if (turn.Task.IsCompletedSuccessfully && turn.Task.Result.Kind == AdmissionKind.Admitted)
            {
                Take(tenant);
            }
            else if (turn.Task.IsCompletedSuccessfully)
            {
                SentAway?.Invoke(tenant, turn.Customer, turn.Task.Result);
            }
        }
    }

    private void Take(string tenant)
    {
        _working.Enqueue((Now, tenant));
        Admitted[tenant] = Admitted.GetValueOrDefault(tenant) + 1;
    }
}
