namespace SmartService.Faults.World;

/// <summary>A promise was broken. The message says which.</summary>
internal sealed class FaultFoundException(string message) : Exception(message);
