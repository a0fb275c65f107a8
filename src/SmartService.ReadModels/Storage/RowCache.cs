using System.Runtime.InteropServices;

namespace SmartService.ReadModels.Storage;

/// <summary>Rows in memory while events change them: each is read once and written once per batch, however many events it has.</summary>
/// <param name="most">Rows kept over batches; over it all are dropped after they were written.</param>
/// <param name="came">Told of every row that is added or held.</param>
internal sealed class RowCache<TKey, TRow>(int most, Func<TKey, TRow?> read, Action<TRow> write, Action<TRow>? came = null)
    where TKey : notnull
    where TRow : Row
{
    private readonly Dictionary<TKey, TRow> _rows = [];
    private readonly List<TRow> _dirty = [];

    /// <returns>Null when there is no such row.</returns>
    public TRow? Find(TKey key)
    {
        if (_rows.TryGetValue(key, out var row))
        {
            return row;
        }

        return read(key) is { } stored ? _rows[key] = stored : null;
    }

    public bool Holds(TKey key) => _rows.ContainsKey(key);

    /// <summary>Takes a row as it is stored, unless there is one.</summary>
    public void Hold(TKey key, TRow row)
    {
        if (_rows.TryAdd(key, row))
        {
            came?.Invoke(row);
        }
    }

    public TRow Add(TKey key, TRow row)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out _);
        if (place is { IsDirty: true })
        {
            _dirty.Remove(place); // What it was before is never written.
        }

        place = row;
        came?.Invoke(row);
        return Changed(row);
    }

    public TRow Changed(TRow row)
    {
        if (!row.IsDirty)
        {
            row.IsDirty = true;
            _dirty.Add(row);
        }

        return row;
    }

    public void Flush()
    {
        foreach (var row in _dirty)
        {
            write(row);
            row.IsDirty = false;
        }

        _dirty.Clear();
        if (_rows.Count > most)
        {
            _rows.Clear();
        }
    }

    /// <summary>Forgets everything, also what was not written: the transaction was rolled back, or rows changed behind its back.</summary>
    public void Drop()
    {
        _rows.Clear();
        _dirty.Clear();
    }
}
