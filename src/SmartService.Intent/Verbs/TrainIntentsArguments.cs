namespace SmartService.Intent;

/// <summary>Arguments of <c>train intents</c>.</summary>
/// <param name="Data">File or folder of TSV lines.</param>
/// <param name="Out">ONNX file to write.</param>
/// <param name="OutOfScope">More lines, all labelled out_of_scope whatever they say.</param>
/// <param name="Validation">Lines to calibrate on; null splits <paramref name="Data"/>.</param>
/// <param name="Words">Table of words that training starts from, of build/words; null starts from nothing.</param>
public sealed record TrainIntentsArguments(string Data, string Out, string? OutOfScope = null, string? Validation = null, ulong Seed = 1, string? Words = null);
