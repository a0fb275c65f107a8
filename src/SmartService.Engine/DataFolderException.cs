namespace SmartService.Engine;

/// <summary>The data folder cannot be used: in use, not writable, or not empty. The message is one line and names the remedy.</summary>
public sealed class DataFolderException(string message, Exception? innerException = null) : Exception(message, innerException);
