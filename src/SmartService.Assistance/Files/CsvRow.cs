using System.Collections.Immutable;

namespace SmartService.Assistance.Files;

/// <param name="Line">Line the row starts on, from 1.</param>
internal sealed record CsvRow(int Line, ImmutableArray<string> Fields);
