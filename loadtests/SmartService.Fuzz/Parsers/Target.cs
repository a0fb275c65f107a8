namespace SmartService.Fuzz.Parsers;

/// <summary>One parser under fire.</summary>
/// <param name="Samples">Inputs it likes; they are changed.</param>
/// <param name="Run">Reads an input. It may refuse in its own way, which the target knows; whatever else it throws is a fault.</param>
internal sealed record Target(string Name, IReadOnlyList<byte[]> Samples, Action<byte[]> Run);
