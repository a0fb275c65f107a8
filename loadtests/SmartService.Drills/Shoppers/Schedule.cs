using SmartService.Drills.Curves;

namespace SmartService.Drills.Shoppers;

internal enum StepKind : byte
{
    /// <summary>A page looked at.</summary>
    Visit,

    /// <summary>A question.</summary>
    Ask,

    /// <summary>The page is closed: the stream ends.</summary>
    Leave,

    /// <summary>The shopper is back: session renewed, stream resumed.</summary>
    Return,

    /// <summary>The shopper asks for a person.</summary>
    Person,

    /// <summary>An agent joins.</summary>
    Join,

    /// <summary>An agent answers.</summary>
    Reply,

    /// <summary>A popup that came is clicked.</summary>
    Popup,

    /// <summary>A merchant imports visits.</summary>
    Import,
}

/// <summary>One step of one journey, at its intended moment.</summary>
/// <param name="Due">Ticks from the start of the curve; negative while warming up.</param>
/// <param name="Turn">Which message of the consultation, or which page.</param>
internal readonly record struct Step(long Due, int Journey, StepKind Kind, byte Turn)
{
    /// <summary>Whether it writes a message that must be there afterwards.</summary>
    public bool IsMessage => Kind is StepKind.Ask or StepKind.Reply;
}

/// <summary>
/// Every step of a drill with its moment, computed before the first is sent. Nothing the server does moves a later step: a server
/// that stalls meets the crowd that has gathered meanwhile, as it would at midnight.
/// </summary>
internal sealed class Schedule
{
    private const double MostThinks = 5;
    private readonly Drill _drill;
    private readonly long[] _due;
    private readonly long[] _steps;

    public Schedule(Drill drill)
    {
        _drill = drill;
        var arrivals = Arrive();
        Journeys = arrivals.Count;
        NoisyFrom = arrivals.Quiet;
        var (due, steps) = (new List<long>(Journeys * 4), new List<long>(Journeys * 4));
        for (var journey = 0; journey < Journeys; journey++)
        {
            Walk(drill, journey, arrivals.At(journey), due, steps);
        }

        AddImports(due, steps);
        (_due, _steps) = ([.. due], [.. steps]);
        Array.Sort(_due, _steps);
    }

    public int Count => _due.Length;

    /// <summary>Journeys below this number are ordinary; from it on they are the noisy merchant's.</summary>
    public int NoisyFrom { get; }

    public int Journeys { get; }

    /// <summary>Messages of one journey at most: the shopper's turns and one answer of an agent.</summary>
    public int MessagesEach => _drill.Shoppers.Turns + 1;

    public Step this[int index]
    {
        get => Unpack(_due[index], _steps[index]);
    }

    /// <summary>One journey's steps counted from its own arrival, for hosts that have a clock of their own.</summary>
    public static IReadOnlyList<Step> StepsOf(Drill drill, int journey)
    {
        var (due, steps) = (new List<long>(), new List<long>());
        Walk(drill, journey, 0, due, steps);
        return [.. due.Zip(steps, Unpack)];
    }

    public bool IsNoisy(int journey) => journey >= NoisyFrom;

    private static Step Unpack(long due, long packed) => new(due, (int)(packed >> 16), (StepKind)((packed >> 8) & 0xFF), (byte)packed);

    private static long Pack(int journey, StepKind kind, int turn) => ((long)journey << 16) | ((long)kind << 8) | (uint)(byte)turn;

    private (int Count, int Quiet, Func<int, long> At) Arrive()
    {
        var (curve, seed) = (_drill.Curve, _drill.Seed);
        var warm = WarmUp(_drill).Arrivals(seed + 1);
        var measured = curve.Arrivals(seed);
        var noisy = _drill.Noise is { } noise ? Window(curve, noise).Arrivals(seed + 2) : [];
        var (first, quiet) = (warm.Length, warm.Length + measured.Length);
        var from = _drill.Noise?.From.Ticks ?? 0;
        return (quiet + noisy.Length, quiet,
            j => j < first ? warm[j] - _drill.WarmUp.Ticks : j < quiet ? measured[j - first] : noisy[j - quiet] + from);
    }

    /// <summary>A warm-up at a rate of its own ends at the curve's first rate: what is measured must not begin with its last consultations.</summary>
    private static Curve WarmUp(Drill drill)
    {
        var first = drill.Curve.RateAt(TimeSpan.Zero);
        var rate = drill.WarmUpRate ?? first;
        var walk = drill.Shoppers.Think * (drill.Shoppers.Turns + drill.Shoppers.Pages) * 2;
        var settle = walk < drill.WarmUp / 3 ? walk : drill.WarmUp / 3;
        return new([new(rate, rate, drill.WarmUp - settle), new(first, first, settle)]);
    }

    /// <summary>So many times what the others do, within the noisy time.</summary>
    private static Curve Window(Curve curve, NoisePlan noise)
    {
        const int Pieces = 100;
        var piece = noise.For / Pieces;
        return new([.. Enumerable.Range(0, Pieces).Select(i => new Segment(
            curve.RateAt(noise.From + (piece * i)) * noise.Times, curve.RateAt(noise.From + (piece * (i + 1))) * noise.Times, piece))]);
    }

    private static void Walk(Drill drill, int journey, long arrival, List<long> due, List<long> steps)
    {
        var plan = drill.Shoppers;
        var chance = SeededChance.Of(drill.Seed, journey, purpose: 2);
        var at = arrival;
        for (var page = 0; page < plan.Pages; page++)
        {
            Add(StepKind.Visit, page);
        }

        if (!chance.Happens(plan.Asks))
        {
            return;
        }

        // At least one turn before and one after, so that what was said before is there when the shopper is back.
        var leaveAfter = plan.Turns > 1 && chance.Happens(plan.Leaves) ? plan.Turns / 2 : -1;
        for (var turn = 0; turn < plan.Turns; turn++)
        {
            if (turn == leaveAfter)
            {
                Add(StepKind.Leave, 0);
                at += plan.Think.Ticks * 2;
                Add(StepKind.Return, 0);
            }

            Add(StepKind.Ask, turn);
        }

        if (chance.Happens(plan.Person))
        {
            Add(StepKind.Person, 0);
            Add(StepKind.Join, 0);
            Add(StepKind.Reply, plan.Turns);
        }

        void Add(StepKind kind, int turn)
        {
            due.Add(at);
            steps.Add(Pack(journey, kind, turn));
            at += 1 + (long)(Math.Min(chance.Gap(), MostThinks) * plan.Think.Ticks);
        }
    }

    private void AddImports(List<long> due, List<long> steps)
    {
        if (_drill.Merchants is not { ImportsPerSecond: > 0 } merchants)
        {
            return;
        }

        var number = 0;
        foreach (var at in new Curve([new(merchants.ImportsPerSecond, merchants.ImportsPerSecond, _drill.Curve.Duration)]).Arrivals(_drill.Seed + 3))
        {
            due.Add(at);
            steps.Add(Pack(number++, StepKind.Import, 0));
        }
    }
}
