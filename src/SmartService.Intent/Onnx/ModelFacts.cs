using SmartService.Intent.Training;

namespace SmartService.Intent.Onnx;

/// <summary>What a model file says of its making.</summary>
/// <param name="DataHash">SHA-256 of the training lines in order, hex.</param>
public sealed record ModelFacts(string DataHash, ulong Seed, IReadOnlyList<string> Languages, HeldOutMetrics HeldOut);
