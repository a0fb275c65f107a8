namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>A command that waits for its turn; a read that waits for the load has no command.</summary>
internal sealed class Envelope<TCommand, TReply>(TCommand? command)
    : TaskCompletionSource<TReply>(TaskCreationOptions.RunContinuationsAsynchronously)
    where TCommand : class
{
    public TCommand? Command => command;

    /// <summary>Passes on what the turn gives, whenever it is there.</summary>
    public async Task CompleteWithAsync(ValueTask<TReply> reply)
    {
        try
        {
            TrySetResult(await reply);
        }
#pragma warning disable CA1031 // It belongs to whoever sent the command.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TrySetException(e);
        }
    }
}
