namespace SmartService.Host.Training;

/// <summary>What a training led to, as the command line says it.</summary>
internal sealed record TrainingOutcome(
    string Verdict, string Why, int HeldBack, int RightBefore, int RightAfter, string? Model, int Lessons, double Seconds)
{
    public override string ToString() => Model is null
        ? $"{Words}. {Why}"
        : FormattableString.Invariant(
            $"{Words}: {RightBefore} of {HeldBack} held-back questions right before, {RightAfter} after; {Lessons} lessons, {Seconds:0.0} s, model {Model[..12]}. {Why}");

    private string Words => Verdict.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal) switch
    {
        "wentlive" => "Went live",
        "notbetter" => "Not better",
        "toofewconfirmed" => "Too few confirmed questions",
        "toomuchchange" => "Too much change",
        _ => "Overtaken",
    };
}
