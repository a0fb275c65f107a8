namespace SmartService.Intent.Prediction.Sequences;

/// <summary>Measures next-page models side by side on the same steps.</summary>
internal static class SequenceEvaluator
{
    /// <param name="seeds">Splits drawn, with seeds 1 to N.</param>
    public static SequenceReport Evaluate(PageSessions data, int seeds, CancellationToken ct)
    {
        var runs = new (PageFigures[] Figures, int Steps, bool OnlyUp)[seeds];
        Parallel.For(0, seeds, new ParallelOptions { CancellationToken = ct }, i => runs[i] = Run(data, (ulong)i + 1, ct));
        PageFigures Mean(int model) => new(runs.Average(r => r.Figures[model].HitAt1), runs.Average(r => r.Figures[model].HitAt5));
        var ours = Mean(0);
        return new(
            ours.HitAt1, ours.HitAt5, Mean(1), Mean(2), Mean(3), data.Sessions.Length, data.Pages.Count, runs.Sum(r => r.Steps), seeds,
            runs.All(r => r.OnlyUp));
    }

    /// <summary>Share of steps whose page is first, and among the first five. Of equal scores the smaller page number wins.</summary>
    public static PageFigures Measure(IPageModel model, int[][] sessions, int pages)
    {
        int steps = 0, first = 0, fifth = 0;
        var scores = new float[pages];
        foreach (var session in sessions)
        {
            for (var t = 1; t < session.Length; t++)
            {
                model.Score(session.AsSpan(0, t), scores);
                var rank = RankOf(session[t], scores);
                steps++;
                first += rank == 0 ? 1 : 0;
                fifth += rank < 5 ? 1 : 0;
            }
        }

        return new(first / (double)Math.Max(1, steps), fifth / (double)Math.Max(1, steps));
    }

    private static int RankOf(int page, float[] scores)
    {
        var rank = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            rank += scores[i] > scores[page] || (scores[i] == scores[page] && i < page) ? 1 : 0;
        }

        return rank;
    }

    private static (PageFigures[] Figures, int Steps, bool OnlyUp) Run(PageSessions data, ulong seed, CancellationToken ct)
    {
        var split = SessionSplit.Draw(data.Sessions, seed);
        var (known, pages) = (split.Known, data.Pages.Count);
        var habits = StepHabits.Of(known);
        IPageModel[] models =
        [
            LearnedPages.Train(split, pages, seed, ct), new FirstOrderPages(known, pages), new MixedOrderPages(known, pages),
            new BackoffPages(known, pages, habits),
        ];
        return ([.. models.Select(model => Measure(model, split.Test, pages))], split.Test.Sum(s => Math.Max(0, s.Length - 1)), habits.OnlyUp);
    }
}
