using Microsoft.Extensions.Logging;
using SmartService.Engine;
using SmartService.ReadModels.Projections;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels;

/// <summary>Keeps the tables in step with the journal; follower, catching up and rebuild take turns.</summary>
/// <remarks>
/// The tables hold their own position, written with the rows they come from. Whatever else remembers a position (the runner
/// of followers does) may be ahead of it, after a rebuild or when the file was deleted: what is missing between is then read
/// from the journal first. Being behind is harmless, known events change nothing.
/// </remarks>
internal sealed partial class ReadModelProcess(IJournalReader journal, ReadModelOptions options, ILogger<ReadModelProcess> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _opening = new();
    private ReadModelWriter? _writer;
    private Projector? _projector;

    /// <summary>Makes sure that the tables exist. Does not wait for a turn: lists must open while a long catching up goes on.</summary>
    public void EnsureOpen() => Open();

    public async ValueTask ProjectAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (events.Count > 0 && events[0].Position > Writer.Position + 1)
            {
                await CatchUpAsync(events[0].Position - 1, null, ct);
            }

            Open().Project(events);
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
            Writer.Reset();
            await CatchUpAsync(journal.Head, progress, ct);
            return Writer.Position;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        if (_writer is not null)
        {
            _writer.Dispose();
            ReadModelSeal.Write(options.File);
        }

        _turn.Dispose();
    }

    private ReadModelWriter Writer
    {
        get
        {
            Open();
            return _writer!;
        }
    }

    private Projector Open()
    {
        lock (_opening)
        {
            _writer ??= new(ReadModelDatabase.Open(options));
            return _projector ??= new(_writer);
        }
    }

    private async ValueTask CatchUpAsync(long upTo, IProgress<ReadModelProgress>? progress, CancellationToken ct)
    {
        var from = Writer.Position;
        while (Writer.Position < upTo)
        {
            var events = await journal.ReadAsync(Writer.Position, options.CatchUpBatch, ct);
            if (events.Count == 0)
            {
                break;
            }

            Open().Project(events);
            progress?.Report(new(Writer.Position, upTo));
        }

        if (Writer.Position - from > options.CatchUpBatch)
        {
            LogCaughtUp(from, Writer.Position);
        }
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Information, Message = "Read models caught up with the journal from {From} to {To}")]
    private partial void LogCaughtUp(long from, long to);
}
