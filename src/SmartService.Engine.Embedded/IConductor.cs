namespace SmartService.Engine.Embedded;

/// <summary>
/// Stands in for the engine's own threads and for the thread pool: whatever would run there waits until it is told to take a step.
/// A simulation plays a whole engine on one thread with it, in the order of its seed. The product has none.
/// </summary>
internal interface IConductor
{
    /// <summary>A part that would have a thread of its own.</summary>
    void Add(IStepwise part);

    /// <summary>Turns of an entity that would run on the thread pool.</summary>
    void Queue(IThreadPoolWorkItem turns);
}

/// <summary>A part of the engine that works off what waits, step by step: on a thread of its own, or when a conductor says.</summary>
internal interface IStepwise
{
    /// <summary>Whether a step would do something now.</summary>
    bool HasWork { get; }

    void Step();
}
