using Microsoft.Extensions.Logging;
using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels;

/// <summary>Keeps the tables in step with the journal; follower, catching up and rebuild take turns.</summary>
/// <remarks>
/// The tables hold their own position, written with the rows they come from. Whatever else remembers a position (the runner
/// of followers does) may be ahead of it, after a rebuild or when the file was deleted: what is missing between is then read
/// from the journal first. Being behind is harmless, known events change nothing.
/// </remarks>
internal sealed partial class ReadModelProcess(IJournalReader journal, IReadModelStore store, ReadModelOptions options, ILogger<ReadModelProcess> logger) : IDisposable
{
    private static readonly TimeSpan PauseWhenOvertaken = TimeSpan.FromMilliseconds(50);
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async ValueTask ProjectAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        if (events.Count == 0)
        {
            return;
        }

        await _turn.WaitAsync(ct);
        try
        {
            if (events[0].Position > await store.PositionAsync(ct) + 1)
            {
                await CatchUpAsync(events[0].Position - 1, null, ct);
            }

            await store.ProjectAsync(events, ct);
            if (await store.PositionAsync(ct) < events[^1].Position)
            {
                await CatchUpAsync(events[^1].Position, null, ct); // Another node wrote meanwhile.
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads what is missing up to the journal's present end.</summary>
    public async ValueTask CatchUpAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await CatchUpAsync(journal.Head, null, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<long> RebuildAsync(IProgress<ReadModelProgress>? progress, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await store.ResetAsync(ct);
            await CatchUpAsync(journal.Head, progress, ct);
            return await store.PositionAsync(ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask CatchUpAsync(long upTo, IProgress<ReadModelProgress>? progress, CancellationToken ct)
    {
        var from = await store.PositionAsync(ct);
        var position = from;
        while (position < upTo)
        {
            var events = await journal.ReadAsync(position, options.CatchUpBatch, ct);
            if (events.Count == 0)
            {
                break;
            }

            await store.ProjectAsync(events, ct);
            position = await store.PositionAsync(ct);
            progress?.Report(new(position, upTo));
            if (position < events[^1].Position)
            {
                await Task.Delay(PauseWhenOvertaken, ct); // Another node writes: it need not be done twice.
            }
        }

        if (position - from > options.CatchUpBatch)
        {
            LogCaughtUp(from, position);
        }
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Information, Message = "Read models caught up with the journal from {From} to {To}")]
    private partial void LogCaughtUp(long from, long to);
}
