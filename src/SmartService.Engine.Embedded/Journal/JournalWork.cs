namespace SmartService.Engine.Embedded.Journal;

/// <summary>Something the writer does within a commit. Its task completes when the commit is on disk.</summary>
internal abstract class JournalWork() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>About how much it adds to the commit.</summary>
    public abstract int Bytes { get; }

    public abstract void Write(JournalSession session);
}
