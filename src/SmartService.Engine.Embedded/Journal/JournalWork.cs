namespace SmartService.Engine.Embedded.Journal;

/// <summary>Something the writer does within a commit. Its task completes when the commit is on disk.</summary>
internal abstract class JournalWork() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>About how much it adds to the commit.</summary>
    public abstract int Bytes { get; }

    /// <summary>Gets a commit of its own, begun when everybody has been told of all commits before.</summary>
    public virtual bool IsExclusive => false;

    public abstract void Write(JournalSession session);

    /// <summary>What is left to do on the writer's connection when the commit is on disk.</summary>
    public virtual void FinishOn(JournalSession session)
    {
    }
}
