using SmartService.Drill.Servers;
using SmartService.Drills;
using SmartService.Drills.Stores;

namespace SmartService.Drill.Abuse;

/// <summary>One way to mistreat a server, with what may come of it.</summary>
internal abstract class Attack
{
    public abstract string Name { get; }

    public abstract string Question { get; }

    /// <summary>How many connections, streams or reconnects: short, for tests and a first look; and long.</summary>
    public abstract (int Short, int Long) Size { get; }

    /// <summary>Settings of the server it is done to.</summary>
    public virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public virtual int Shoppers(int size) => 32;

    public abstract Task RunAsync(Ground ground, CancellationToken ct);
}

/// <summary>Where an attack happens: a server, a store, ordinary shoppers who go on asking, and the figures.</summary>
internal sealed class Ground(OwnServer server, Store store, Legitimate legitimate, int size, ulong seed)
{
    private readonly Dictionary<string, double> _figures = [];
    private readonly List<string> _faults = [];

    public OwnServer Server { get; } = server;

    public Store Store { get; } = store;

    public Legitimate Legitimate { get; } = legitimate;

    public int Size { get; } = size;

    public SeededChance Chance(long of) => SeededChance.Of(seed, of, purpose: 9);

    public IReadOnlyDictionary<string, double> Figures => _figures;

    public IReadOnlyList<string> Faults => _faults;

    public void Note(string name, double value)
    {
        lock (_figures)
        {
            _figures[name] = Math.Round(value, 3);
        }
    }

    /// <summary>Something that must hold whatever the machine; a ratio of times is noted only.</summary>
    public void Must(bool holds, string fault)
    {
        lock (_faults)
        {
            if (!holds)
            {
                _faults.Add(fault);
            }
        }
    }
}

/// <summary>What an attack did. JSON for machines, <c>Figures</c> by name.</summary>
internal sealed record AttackReport(string Name, string Question, int Size, ulong Seed, string Verdict, IReadOnlyDictionary<string, double> Figures, IReadOnlyList<string> Faults);
