namespace SmartService.Engine;

/// <summary>A bounded queue is full. Nothing was written.</summary>
public sealed class EngineBusyException(string queue, TimeSpan retryAfter)
    : Exception($"The queue '{queue}' is full. Retry after {retryAfter.TotalSeconds:0.#} s.")
{
    public string Queue { get; } = queue;

    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The journal could not write or read.</summary>
public sealed class JournalException(string message, bool outcomeKnown, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>True: nothing was written. False: it may have been; retry with the same ids only.</summary>
    public bool OutcomeKnown { get; } = outcomeKnown;
}
