namespace SmartService.Engine.Understanding;

/// <summary>The intent model could not score a message. Retrying the same message does not help.</summary>
public sealed class UnderstandingException : Exception
{
    public UnderstandingException()
    {
    }

    public UnderstandingException(string message)
        : base(message)
    {
    }

    public UnderstandingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
