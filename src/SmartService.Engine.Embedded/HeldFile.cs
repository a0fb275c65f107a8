namespace SmartService.Engine.Embedded;

/// <summary>A file that a process holds for itself for as long as it lives: the system lets go of it when the process is gone, however it went.</summary>
public static class HeldFile
{
    /// <summary>Whether another process holds it now; false when there is no such file. Whoever asks holds it for a moment.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
