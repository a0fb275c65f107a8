using Microsoft.Extensions.Logging;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>What the engine logs, for who looks into a failing test: SMARTSERVICE_TEST_LOG=file.</summary>
internal sealed class FileLog(string file) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (file)
        {
            File.AppendAllText(file, $"{logLevel} {formatter(state, exception)} {exception}\n");
        }
    }

    public void Dispose()
    {
    }
}
