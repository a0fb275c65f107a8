namespace SmartService.Intent.Prediction.Sequences;

/// <summary>How often the next page was guessed first, and among the first five.</summary>
public sealed record PageFigures(double HitAt1, double HitAt5);

/// <summary>Next pages of click sessions: every step of every test session, means over the seeds.</summary>
/// <param name="Steps">Test steps, all seeds together.</param>
/// <param name="FirstOrder">Reference: first-order Markov chain.</param>
/// <param name="Mixture">Reference: fixed mixture of orders 1 to 3 and co-occurrence.</param>
/// <param name="Chain">Part of ours: the variable-order chain alone, which knows the sessions' habits.</param>
/// <param name="OnlyUp">The training sessions list pages by ascending number, and the models were let know.</param>
public sealed record SequenceReport(
    double HitAt1, double HitAt5, PageFigures FirstOrder, PageFigures Mixture, PageFigures Chain, int Sessions, int Pages, int Steps, int Seeds,
    bool OnlyUp);
