using System.Collections.Concurrent;

namespace SmartService.Engine.Embedded.Sqlite;

/// <summary>Reading connections, one user at a time each; kept up to a bound, made when none is free.</summary>
internal sealed class ReaderPool<T>(Func<T> open, int kept) : IDisposable
    where T : class, IDisposable
{
    private readonly ConcurrentBag<T> _free = [];
    private volatile bool _closed;

    public TResult Use<TArgument, TResult>(TArgument argument, Func<T, TArgument, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_free.TryTake(out var reader))
        {
            reader = open();
        }

        try
        {
            return read(reader, argument);
        }
        finally
        {
            if (_closed || _free.Count >= kept)
            {
                reader.Dispose();
            }
            else
            {
                _free.Add(reader);
            }
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
