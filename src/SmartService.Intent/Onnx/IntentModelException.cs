namespace SmartService.Intent.Onnx;

/// <summary>A model file cannot be used: missing, damaged or of another format. The message names the file and the remedy.</summary>
public sealed class IntentModelException : Exception
{
    public IntentModelException()
    {
    }

    public IntentModelException(string message)
        : base(message)
    {
    }

    public IntentModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
