using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartService.Intent.Onnx;

namespace SmartService.Intent;

/// <summary>Looks at the model file now and then; a changed one takes the place of the model in use, without a pause. An unusable one is reported and left alone.</summary>
internal sealed partial class ModelReload(IntentScorer scorer, IOptions<IntentOptions> options, TimeProvider clock, ILogger<ModelReload> logger) : BackgroundService
{
    private readonly string _path = options.Value.FullModelPath;
    private DateTime _seen = File.GetLastWriteTimeUtc(options.Value.FullModelPath);

    /// <returns>Whether another model is in use now.</returns>
    public bool Look()
    {
        var now = File.GetLastWriteTimeUtc(_path);
        if (now == _seen)
        {
            return false;
        }

        _seen = now;
        try
        {
            scorer.Replace(_path);
            LogReplaced(_path, scorer.Hash);
            return true;
        }
        catch (IntentModelException e)
        {
            LogUnusable(_path, e.Message);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.ReloadEvery == TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.ReloadEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    [LoggerMessage(EventId = 4901, Level = LogLevel.Information, Message = "The intent model {Path} changed; {Hash} is in use now.")]
    private partial void LogReplaced(string path, string hash);

    [LoggerMessage(EventId = 4902, Level = LogLevel.Error, Message = "The intent model {Path} changed and is unusable; the former one stays in use. {Reason}")]
    private partial void LogUnusable(string path, string reason);
}
