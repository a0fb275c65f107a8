using System.Diagnostics;
using System.Globalization;

namespace SmartService.Benchmarks.Product;

/// <summary><see cref="EchoServer"/> in a process of its own.</summary>
internal sealed class EchoProcess : IDisposable
{
    /// <summary>As long as a shopper's.</summary>
    public static readonly byte[] Question = HttpLoad.Post("/echo", "none", "{\"clientId\":\"m_00000000000000000000\",\"text\":\"Where is my order?\"}");

    private readonly Process _process;

    private EchoProcess(int port, Process process) => (Port, _process) = (port, process);

    public int Port { get; }

    public ProcessCost Cost => ProcessCost.Of(_process);

    /// <summary>Returns when it answers.</summary>
    public static async Task<EchoProcess> StartAsync()
    {
        var port = ProductProcess.FreePort();
        var server = new EchoProcess(port, Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { typeof(EchoProcess).Assembly.Location, "echo-server", port.ToString(CultureInfo.InvariantCulture) },
        })!);
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var up = await http.PostAsync(new Uri($"http://127.0.0.1:{port}/echo"), new StringContent("{}"));
                return server;
            }
            catch (HttpRequestException) when (tries < 500)
            {
                await Task.Delay(20);
            }
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
