namespace SmartService.Engine;

/// <summary>The data was written in a format this program does not know. The message is one line and names the remedy.</summary>
public sealed class DataFormatException(string message) : Exception(message);
