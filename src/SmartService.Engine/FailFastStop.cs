namespace SmartService.Engine;

/// <summary>Ends the process at once, with the reason on standard error. A supervisor starts it again.</summary>
public sealed class FailFastStop : IFatalStop
{
    public void Stop(string reason, Exception cause) => Environment.FailFast(reason, cause);
}
