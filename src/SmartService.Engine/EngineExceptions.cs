using SmartService.Domain;

namespace SmartService.Engine;

/// <summary>A bounded queue is full. Nothing was written.</summary>
public sealed class EngineBusyException(string queue, TimeSpan retryAfter)
    : Exception($"The queue '{queue}' is full. Retry after {retryAfter.TotalSeconds:0.#} s.")
{
    public string Queue { get; } = queue;

    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The journal could not write or read.</summary>
public sealed class JournalException(string message, bool outcomeKnown, Exception? innerException = null, bool isDamage = false)
    : Exception(message, innerException)
{
    /// <summary>What is stored is not as it was written: trying again will not help.</summary>
    public bool IsDamage { get; } = isDamage;

    /// <summary>True: nothing was written. False: it may have been; retry with the same ids only.</summary>
    public bool OutcomeKnown { get; } = outcomeKnown;
}

/// <summary>An entity threw again and again and is left alone for a while; others go on. Nothing was written.</summary>
public sealed class EntityQuarantinedException(string region, EntityKey key, TimeSpan retryAfter)
    : Exception($"The {region} {key} is in quarantine, because it failed again and again; the log says why. Retry after {retryAfter.TotalSeconds:0.#} s.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
