namespace SmartService.Domain;

/// <summary>Stored events contradict each other. The one entity stops; nobody guesses.</summary>
public sealed class CorruptHistoryException : Exception
{
    public CorruptHistoryException(object state, object e)
        : base($"Event {e?.GetType().Name} cannot follow state {state?.GetType().Name}.")
    {
    }

    public CorruptHistoryException()
    {
    }

    public CorruptHistoryException(string message)
        : base(message)
    {
    }

    public CorruptHistoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
