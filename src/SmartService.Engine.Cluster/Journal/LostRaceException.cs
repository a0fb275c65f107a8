using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>Another activation of the same entity wrote first. Nothing of this append was written; read again and decide anew.</summary>
internal sealed class LostRaceException(StreamKey key) : Exception($"Another activation of {key} wrote first.");
