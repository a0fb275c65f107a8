using SmartService.Intent.Training;

namespace SmartService.Intent.Onnx;

/// <summary>What a model file says of its making.</summary>
/// <param name="DataHash">SHA-256 of the training lines in order, hex.</param>
/// <param name="WordsHash">SHA-256 of the table of words that training knew beforehand; null for none.</param>
public sealed record ModelFacts(string DataHash, ulong Seed, IReadOnlyList<string> Languages, HeldOutMetrics HeldOut, string? WordsHash = null);
