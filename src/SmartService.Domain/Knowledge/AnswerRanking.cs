using System.Collections.Immutable;

namespace SmartService.Domain.Knowledge;

/// <summary>How much each sign that an item answers a question is worth to one tenant: a logistic model, learned one vote at a time.</summary>
/// <remarks>
/// Starts from shipped weights and is pulled back to them, so that a few odd votes change little (online gradient descent on
/// the logistic loss with L2: Bottou, <i>Stochastic Gradient Descent Tricks</i>, 2012). What a vote was about is in the event of the
/// vote; replaying the events gives the same weights.
/// </remarks>
/// <param name="Weights">One per sign of <see cref="Signs"/>.</param>
/// <param name="Lessons">Votes learned from.</param>
public sealed record AnswerRanking(ImmutableArray<double> Weights, int Lessons)
{
    /// <summary>Rounding keeps weights the same where machines differ in the last digit of an exponential.</summary>
    private const int Digits = 9;
    private const double Rate = 0.04;
    private const double SlowsAfter = 100;
    private const double Pull = 0.02;
    private const double FarthestFromShipped = 2;
    private const double LogitScale = 4;

    /// <summary>The signs, in order: the confidence before learning (its logit, a quarter of it), cosine, share of words, probability of
    /// the item's intent, asked in the item's very words, like questions that the item disappointed, like questions it helped, always 1.</summary>
    public static ImmutableArray<string> Signs { get; } = ["confidence", "cosine", "words", "intent", "exact", "disliked", "liked", "always"];

    /// <summary>Nothing learned: the confidence as it comes, less where like questions were disappointed.</summary>
    public static AnswerRanking Shipped { get; } = new([LogitScale, 0, 0, 0, 0, -0.3, 0.15, 0], 0);

    /// <summary>A confidence in [0, 1] as the first sign.</summary>
    public static double SignOf(double confidence)
    {
        var within = Math.Clamp(confidence, 0.0005, 0.9995);
        return Math.Log(within / (1 - within)) / LogitScale;
    }

    /// <summary>How likely an item with these signs answers, in [0, 1].</summary>
    public double Score(ReadOnlySpan<double> signs)
    {
        var sum = 0.0;
        for (var i = 0; i < Weights.Length && i < signs.Length; i++)
        {
            sum += Weights[i] * signs[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>The ranking after one more vote.</summary>
    /// <param name="signs">Of the item for the question voted on; of another length they teach nothing.</param>
    public AnswerRanking Learn(ReadOnlySpan<double> signs, bool helpful)
    {
        if (signs.Length != Weights.Length)
        {
            return this;
        }

        var rate = Rate / (1 + (Lessons / SlowsAfter));
        var surprise = (helpful ? 1 : 0) - Score(signs);
        var learned = ImmutableArray.CreateBuilder<double>(Weights.Length);
        for (var i = 0; i < Weights.Length; i++)
        {
            var shipped = Shipped.Weights[i];
            var weight = Weights[i] + (rate * ((surprise * signs[i]) - (Pull * (Weights[i] - shipped))));
            learned.Add(Math.Round(Math.Clamp(weight, shipped - FarthestFromShipped, shipped + FarthestFromShipped), Digits));
        }

        return new(learned.MoveToImmutable(), Lessons + 1);
    }
}
