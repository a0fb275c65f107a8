using System.Text;
using SmartService.Engine;
using SmartService.Engine.Embedded;

namespace SmartService.Host.Standby;

/// <summary>What is known of a folder's standby.</summary>
internal enum StandbyState
{
    None, Preparing, Ready,
}

/// <summary>The file <c>standby</c> in a data folder, held by the one process that waits for it.</summary>
internal sealed class StandbyMark : IDisposable
{
    private const int Tries = 20;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(25);
    private static readonly byte[] Ready = Encoding.ASCII.GetBytes("ready");
    private readonly FileStream _file;

    private StandbyMark(FileStream file) => _file = file;

    /// <exception cref="DataFolderException">Another process waits for the folder already, or it cannot be written.</exception>
    public static async Task<StandbyMark> TakeAsync(string folder, CancellationToken ct)
    {
        var path = In(folder);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                file.SetLength(0);
                file.Flush();
                return new(file);
            }
            catch (IOException) when (attempt < Tries)
            {
                await Task.Delay(BetweenTries, ct); // Whoever looks at it holds it for a moment.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DataFolderException(
                    $"The data folder {folder} has a standby already, or {path} cannot be written: {e.Message} Stop the other standby; one is enough.", e);
            }
        }
    }

    /// <summary>What the file says of a standby that lives; one that was killed leaves the file and nobody who holds it.</summary>
    public static StandbyState Look(string folder)
    {
        var path = In(folder);
        return !HeldFile.IsHeld(path) ? StandbyState.None
            : new FileInfo(path) is { Exists: true, Length: > 0 } ? StandbyState.Ready
            : StandbyState.Preparing;
    }

    public void SayReady()
    {
        _file.Write(Ready);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private static string In(string folder) => Path.Combine(folder, "standby");
}
