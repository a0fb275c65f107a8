namespace SmartService.Engine.Embedded.Journal;

/// <summary>A snapshot that is to be removed without a trace.</summary>
internal sealed class DropWork(ChainKey key) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public ChainKey Key => key;
}
