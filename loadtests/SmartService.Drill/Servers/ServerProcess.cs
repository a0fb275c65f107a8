using System.Diagnostics;

namespace SmartService.Drill.Servers;

/// <summary>One process of the product's executable; what it says is handed on line by line.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Action<string> _says;
    private readonly Lock _gate = new();
    private double _cpuSeconds;
    private bool _over;

    private ServerProcess(Process process, Action<string> says) => (_process, _says) = (process, says);

    public int Id => _process.Id;

    public bool IsAlive => !_over && !_process.HasExited;

    /// <exception cref="ServerException">dotnet is not there.</exception>
    public static ServerProcess Start(ProcessStartInfo start, Action<string> says)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var server = new ServerProcess(Process.Start(start) ?? throw new ServerException("dotnet could not be started."), says);
        server._process.OutputDataReceived += server.Hear;
        server._process.ErrorDataReceived += server.Hear;
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>CPU seconds spent and bytes of memory now; when it is gone, what it had spent when it was last asked, and none.</summary>
    public (double CpuSeconds, long ResidentBytes) Look()
    {
        lock (_gate)
        {
            if (_over || _process.HasExited)
            {
                return (_cpuSeconds, 0);
            }

            _process.Refresh();
            _cpuSeconds = _process.TotalProcessorTime.TotalSeconds;
            return (_cpuSeconds, _process.WorkingSet64);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        Look();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            _process.Dispose();
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            _says(text);
        }
    }
}
