using SmartService.Engine;
using SmartService.ReadModels.Projections;

namespace SmartService.ReadModels.Storage;

/// <summary>The tables in a file of this process.</summary>
internal sealed class SqliteReadModels(ReadModelOptions options) : IReadModelStore
{
    private readonly Lock _opening = new();
    private ReadModelWriter? _writer;
    private Projector? _projector;

    public bool IsShared => false;

    public void EnsureOpen() => Open();

    public ValueTask<long> PositionAsync(CancellationToken ct) => new(Open().Position);

    public ValueTask ProjectAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        var writer = Open();
        if (events.Count > 0 && events[^1].Position > writer.Position)
        {
            var (known, projector) = (writer.Position, _projector!);
            writer.Write(events[^1].Position, () => projector.Apply(events, known));
        }

        return default;
    }

    public ValueTask ResetAsync(CancellationToken ct)
    {
        Open().Reset();
        return default;
    }

    public void Dispose()
    {
        if (_writer is not null)
        {
            _writer.Dispose();
            ReadModelSeal.Write(options.File);
        }
    }

    private ReadModelWriter Open()
    {
        lock (_opening)
        {
            if (_writer is null)
            {
                _writer = new(ReadModelDatabase.Open(options));
                _projector = new(_writer);
            }

            return _writer;
        }
    }
}
