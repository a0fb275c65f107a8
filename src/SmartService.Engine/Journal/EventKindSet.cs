using System.Collections.Immutable;

namespace SmartService.Engine.Journal;

/// <summary>Stored events that one part of the program brings along; all sets together make the table of <see cref="EventCodecs"/>.</summary>
public sealed record EventKindSet(ImmutableArray<EventKind> Kinds);
