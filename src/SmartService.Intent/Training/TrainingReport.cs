namespace SmartService.Intent.Training;

/// <summary>What a training run made.</summary>
/// <param name="Features">Known features: rows of the feature table.</param>
public sealed record TrainingReport(
    IReadOnlyList<string> Labels, int Messages, int Features, int FileBytes, TimeSpan Elapsed, HeldOutMetrics HeldOut);
