namespace SmartService.Assistance.Learning;

/// <summary>Limits and times of learning, under <c>SmartService:Assistance:Learning</c>.</summary>
public sealed class LearningOptions
{
    private const string Section = "SmartService:Assistance:Learning";

    /// <summary>Folder of the tenants' own models. Default "data/models"; the host sets it.</summary>
    public string Folder { get; set; } = Path.Combine("data", "models");

    /// <summary>Hour of the nightly training, in UTC. Default 3; 0 to 23, -1 for never.</summary>
    public int NightlyHour { get; set; } = 3;

    /// <summary>Days of logged questions to learn from. Default 180; 7 to 730.</summary>
    public int Days { get; set; } = 180;

    /// <summary>Logged questions to learn from, newest first. Default 20,000; 100 to 200,000.</summary>
    public int Questions { get; set; } = 20_000;

    /// <summary>Share of the confirmed questions, the newest, that judge instead of teach. Default 0.3; 0.1 to 0.5.</summary>
    public double HeldBackShare { get; set; } = 0.3;

    /// <summary>Least held-back questions to judge by. Default 20; 10 to 1,000.</summary>
    public int MinHeldBack { get; set; } = 20;

    /// <summary>Most a result may be owed to chance for a model to go live. Default 0.05; 0.001 to 0.2.</summary>
    public double MaxChance { get; set; } = 0.05;

    /// <summary>Recent questions that nobody confirmed, read by both models. Default 2,000; 0 to 20,000.</summary>
    public int Replayed { get; set; } = 2_000;

    /// <summary>Most of them a new model may read differently. Default 0.5; 0.01 to 1.</summary>
    public double MaxChangedShare { get; set; } = 0.5;

    /// <summary>Lessons since the last report without which the night passes a tenant over. Default 20; 1 to 10,000.</summary>
    public int MinNewLessons { get; set; } = 20;

    /// <summary>Trainings waiting. Default 10,000; 1 to 100,000.</summary>
    public int RunsWaiting { get; set; } = 10_000;

    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Folder))
        {
            yield return $"{Section}:Folder must name a folder.";
        }

        (string Name, double Value, double Least, double Most)[] ranges =
        [
            (nameof(NightlyHour), NightlyHour, -1, 23), (nameof(Days), Days, 7, 730), (nameof(Questions), Questions, 100, 200_000),
            (nameof(HeldBackShare), HeldBackShare, 0.1, 0.5), (nameof(MinHeldBack), MinHeldBack, 10, 1_000), (nameof(MaxChance), MaxChance, 0.001, 0.2),
            (nameof(Replayed), Replayed, 0, 20_000), (nameof(MaxChangedShare), MaxChangedShare, 0.01, 1), (nameof(MinNewLessons), MinNewLessons, 1, 10_000),
            (nameof(RunsWaiting), RunsWaiting, 1, 100_000),
        ];
        foreach (var (name, value, least, most) in ranges)
        {
            if (!(value >= least && value <= most))
            {
                yield return FormattableString.Invariant($"{Section}:{name} must be between {least:#,0.###} and {most:#,0.###}.");
            }
        }
    }
}
