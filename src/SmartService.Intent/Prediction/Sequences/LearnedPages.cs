using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction.Sequences;

/// <summary>
/// Our model of the next page: a variable-order chain, neighbouring sessions and three networks, mixed in the log domain. How far
/// each is trusted was learned on sessions that none of them had seen, apart for steps whose last two pages are new, rare and common.
/// </summary>
internal sealed class LearnedPages : IPageModel
{
    private const int Experts = 3;
    private const int Networks = 3;
    private const int Buckets = 3;
    private const int Passes = 3;
    private const float Rate = 0.02f;

    // What an expert gives a page it knows nothing for: the neighbours are often silent, and must not veto.
    private static readonly float[] Floors = [1e-7f, 1e-4f, 1e-7f];

    private readonly int _pages;
    private readonly StepHabits _habits;
    private readonly BackoffPages _chain;
    private readonly NeighbourPages _neighbours;
    private readonly PageNetwork[] _networks;
    private readonly float[] _weights;

    private LearnedPages(int[][] sessions, int pages, ulong seed, float[] weights, CancellationToken ct)
    {
        (_pages, _weights, _habits) = (pages, weights, StepHabits.Of(sessions));
        _chain = new(sessions, pages, _habits);
        _neighbours = new(sessions, pages, _habits);
        _networks = [.. Enumerable.Range(0, Networks).Select(i => PageNetwork.Train(sessions, pages, _habits, seed + (ulong)(1_000 * i), ct))];
    }

    /// <summary>Learns the mixture on the validation sessions, then all experts again on everything that is known.</summary>
    public static LearnedPages Train(SessionSplit split, int pages, ulong seed, CancellationToken ct)
    {
        var weights = Enumerable.Repeat(1f / Experts, Buckets * Experts).ToArray();
        var trial = new LearnedPages(split.Train, pages, seed, weights, ct);
        trial.LearnWeights(split.Validation, new(seed));
        return new(split.Known, pages, seed, weights, ct);
    }

    public void Score(ReadOnlySpan<int> visited, Span<float> scores)
    {
        var logs = new float[Experts * _pages];
        Consult(visited, logs);
        Mix(visited, logs, scores);
    }

    private void Mix(ReadOnlySpan<int> visited, float[] logs, Span<float> scores)
    {
        scores.Clear();
        var weights = WeightsFor(visited);
        for (var expert = 0; expert < Experts; expert++)
        {
            Vec.AddScaled(logs.AsSpan(expert * _pages, _pages), weights[expert], scores);
        }

        _habits.RuleOut(visited, scores, -100);
        Vec.Softmax(scores);
    }

    private Span<float> WeightsFor(ReadOnlySpan<int> visited)
    {
        var bucket = _chain.Support(visited) switch { 0 => 0, < 20 => 1, _ => 2 };
        return _weights.AsSpan(bucket * Experts, Experts);
    }

    private void Consult(ReadOnlySpan<int> visited, float[] logs)
    {
        _chain.Score(visited, logs.AsSpan(0, _pages));
        _neighbours.Score(visited, logs.AsSpan(_pages, _pages));
        var network = logs.AsSpan(2 * _pages, _pages);
        network.Clear();
        var one = new float[_pages];
        foreach (var each in _networks)
        {
            each.Score(visited, one);
            Vec.AddScaled(one, 1f / Networks, network);
        }

        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = MathF.Log(logs[i] + Floors[i / _pages]);
        }
    }

    /// <summary>Conditional logit: Train, <i>Discrete Choice Methods with Simulation</i> (2009), chapter 3. The slope of an expert's weight is
    /// the logarithm it gives the page that came, less what the mixture expects of it.</summary>
    private void LearnWeights(int[][] sessions, SeededRandom random)
    {
        var adam = new Adam(_weights);
        var steps = sessions.SelectMany((session, i) => Enumerable.Range(1, Math.Max(0, session.Length - 1)).Select(t => (Session: i, T: t))).ToArray();
        var logs = new float[Experts * _pages];
        var scores = new float[_pages];
        var time = 0;
        for (var pass = 0; pass < Passes; pass++)
        {
            random.Shuffle(steps.AsSpan());
            foreach (var batch in steps.Chunk(32))
            {
                foreach (var (session, t) in batch)
                {
                    var visited = sessions[session].AsSpan(0, t);
                    Consult(visited, logs);
                    Mix(visited, logs, scores);
                    scores[sessions[session][t]] -= 1;
                    var bucket = _chain.Support(visited) switch { 0 => 0, < 20 => 1, _ => 2 };
                    for (var expert = 0; expert < Experts; expert++)
                    {
                        adam.Gradient[(bucket * Experts) + expert] += Vec.Dot(logs.AsSpan(expert * _pages, _pages), scores);
                    }
                }

                time++;
                adam.Step(time, Rate, 1f / batch.Length);
            }
        }
    }
}
