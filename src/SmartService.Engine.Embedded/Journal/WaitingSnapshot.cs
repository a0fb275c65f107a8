namespace SmartService.Engine.Embedded.Journal;

/// <summary>A snapshot that is to be stored.</summary>
internal readonly record struct WaitingSnapshot(long Version, string Schema, Func<byte[]> Encode);
