using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Files;

/// <summary>One item of a file with the line it starts on. Its own faults stand in <paramref name="Faults"/>.</summary>
/// <param name="Id">Null when the file gives none.</param>
internal sealed record ParsedItem(int Line, string? Id, ItemContent Content, IReadOnlyList<ImportFault> Faults);
