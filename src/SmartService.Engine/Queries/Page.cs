namespace SmartService.Engine.Queries;

/// <summary>One page of a list.</summary>
/// <param name="Next">Cursor of the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
