namespace SmartService.Intent.Training;

/// <summary>What both heads say about a held-out message, before they are mixed.</summary>
/// <param name="Known">Sum of squared feature weights.</param>
internal sealed record RawScore(float[] Network, float[] Linear, float Known, int Label);
