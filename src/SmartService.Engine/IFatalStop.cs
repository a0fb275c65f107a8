namespace SmartService.Engine;

/// <summary>
/// Ends the process when going on would mean guessing: after a commit that may or may not be on disk.
/// The next start reads what the disk really holds.
/// </summary>
public interface IFatalStop
{
    void Stop(string reason, Exception cause);
}
