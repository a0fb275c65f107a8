namespace SmartService.Gateway.Operations;

/// <summary>Owns instruments that are to be there from the start; asked for by whoever shows them.</summary>
internal interface IOwnFigures;

/// <summary>
/// Instruments of a library that are shown beside the product's own. Only those named: some of a library's cost time with every call.
/// </summary>
/// <param name="Meter">Name of its meter.</param>
public sealed record ForeignFigures(string Meter, params IReadOnlyList<string> Instruments);
