using SQLitePCL;

namespace SmartService.Faults.Disks;

/// <summary>
/// The disk under one data folder. Knows at every moment what a power loss would leave, and makes calls fail when it is told to.
/// Shared memory (-shm) is not on it: SQLite makes it anew.
/// </summary>
/// <remarks>
/// The model is POSIX at its strictest: bytes are safe when their file was flushed, a name when its folder was; sectors of 512 bytes are written
/// whole or not at all, in any order; bytes beside a write stay as they are.
/// </remarks>
internal sealed class FaultyDisk : IDisposable
{
    public const int SectorBytes = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileContent> _names = new(StringComparer.Ordinal); // As the running program sees them.
    private readonly Dictionary<string, FileContent> _flushedNames = new(StringComparer.Ordinal);
    private readonly List<(string Name, FileContent? Content)> _pendingNames = [];
    private Func<DiskCall, int, DiskFault>? _faults;
    private bool _dead;

    public FaultyDisk(string folder)
    {
        Folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(Folder).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal) && Path.GetFileName(f) != "lock"))
        {
            if (ReadIfThere(file) is { } bytes)
            {
                _names[file] = _flushedNames[file] = new(bytes);
            }
        }

        FaultyVfs.Mount(this);
    }

    public string Folder { get; }

    /// <summary>Calls so far that change something.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls that were made to fail.</summary>
    public int Failed { get; private set; }

    /// <summary>The current is gone: see <see cref="LosePowerAt"/>.</summary>
    public bool IsDead
    {
        get
        {
            lock (_gate)
            {
                return _dead;
            }
        }
    }

    /// <summary>Asked at every call, with its number, what becomes of it; null for a healthy disk.</summary>
    public void Ail(Func<DiskCall, int, DiskFault>? faults)
    {
        lock (_gate)
        {
            _faults = faults;
        }
    }

    /// <summary>Says that it has flushed, and has not: a drill that passes on such a disk proves nothing.</summary>
    public bool LiesAboutFlushes { get; set; }

    /// <summary>Nothing is written from that call on.</summary>
    public int? LosePowerAt { get; set; }

    /// <summary>Nothing is written any more.</summary>
    public void LosePower()
    {
        lock (_gate)
        {
            _dead = true;
        }
    }

    /// <summary>Puts into another folder what the power loss left.</summary>
    public void SaveAfterPowerLoss(string folder, Random chance)
    {
        lock (_gate)
        {
            _dead = true;
            var names = new Dictionary<string, FileContent>(_flushedNames, StringComparer.Ordinal);
            foreach (var (name, content) in _pendingNames)
            {
                if (chance.Next(2) == 0)
                {
                    continue; // This name was not written down yet.
                }

                if (content is null)
                {
                    names.Remove(name);
                }
                else
                {
                    names[name] = content;
                }
            }

            Directory.CreateDirectory(folder);
            foreach (var (name, content) in names.OrderBy(n => n.Key, StringComparer.Ordinal))
            {
                File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(name)), content.AfterPowerLoss(chance));
            }
        }
    }

    public int OnOpen(bool exists, bool creates)
    {
        lock (_gate)
        {
            var fault = Next(DiskCall.Open, grows: creates && !exists);
            return fault == DiskFault.None ? raw.SQLITE_OK : raw.SQLITE_CANTOPEN;
        }
    }

    public OpenFile Opened(string name, bool existed, bool syncsFolder)
    {
        lock (_gate)
        {
            if (_names.TryGetValue(name, out var content) && !existed)
            {
                _pendingNames.Add((name, null)); // It was deleted behind SQLite's back.
                content = null;
            }

            if (content is null)
            {
                content = new();
                _names[name] = content;
                _pendingNames.Add((name, content));
            }

            return new(this, content) { SyncsFolder = syncsFolder };
        }
    }

    public int OnDelete()
    {
        lock (_gate)
        {
            return Next(DiskCall.Delete, grows: false) == DiskFault.None ? raw.SQLITE_OK : raw.SQLITE_IOERR_DELETE;
        }
    }

    public void Deleted(string name, bool syncsFolder)
    {
        lock (_gate)
        {
            _names.Remove(name);
            _pendingNames.Add((name, null));
            if (syncsFolder)
            {
                FlushNames();
            }
        }
    }

    /// <param name="written">Bytes that are to be written all the same.</param>
    public int OnWrite(OpenFile file, ReadOnlySpan<byte> data, long at, out int written)
    {
        lock (_gate)
        {
            var fault = Next(DiskCall.Write, grows: at + data.Length > file.Content.Size);
            written = fault switch
            {
                DiskFault.None or DiskFault.ErrorAfterwards => data.Length,
                DiskFault.Half => Math.Max(0, (int)((at + (data.Length / 2)) / SectorBytes * SectorBytes - at)),
                _ => 0,
            };
            if (written > 0)
            {
                file.Content.Write(at, data[..written]);
            }

            return fault switch
            {
                DiskFault.None => raw.SQLITE_OK,
                DiskFault.Full => raw.SQLITE_FULL,
                _ => raw.SQLITE_IOERR_WRITE,
            };
        }
    }

    public int OnTruncate(OpenFile file, long size)
    {
        lock (_gate)
        {
            if (Next(DiskCall.Truncate, grows: false) != DiskFault.None)
            {
                return raw.SQLITE_IOERR_TRUNCATE;
            }

            file.Content.Truncate(size);
            return raw.SQLITE_OK;
        }
    }

    public int OnSync(OpenFile file)
    {
        lock (_gate)
        {
            var fault = Next(DiskCall.Sync, grows: false);
            if (!LiesAboutFlushes && fault is (DiskFault.None or DiskFault.ErrorAfterwards))
            {
                file.Content.Flush();
                if (file.SyncsFolder)
                {
                    file.SyncsFolder = false;
                    FlushNames();
                }
            }

            return fault == DiskFault.None ? raw.SQLITE_OK : raw.SQLITE_IOERR_FSYNC;
        }
    }

    /// <summary>The product flushes the folder's names itself.</summary>
    public void OnFlushNames()
    {
        lock (_gate)
        {
            var fault = Next(DiskCall.Sync, grows: false);
            if (!LiesAboutFlushes && fault is (DiskFault.None or DiskFault.ErrorAfterwards))
            {
                FlushNames();
            }

            if (fault != DiskFault.None)
            {
                throw new IOException("The drill's disk does not flush.");
            }
        }
    }

    public void Dispose() => FaultyVfs.Unmount(this);

    private DiskFault Next(DiskCall call, bool grows)
    {
        if (!_dead && Calls >= LosePowerAt)
        {
            _dead = true;
        }

        if (_dead)
        {
            return DiskFault.Error;
        }

        var fault = _faults?.Invoke(call, Calls) ?? DiskFault.None;
        Calls++;
        if (fault == DiskFault.Full && !grows)
        {
            fault = DiskFault.None;
        }

        Failed += fault == DiskFault.None ? 0 : 1;
        return fault;
    }

    private void FlushNames()
    {
        foreach (var (name, content) in _pendingNames)
        {
            if (content is null)
            {
                _flushedNames.Remove(name);
            }
            else
            {
                _flushedNames[name] = content;
            }
        }

        _pendingNames.Clear();
    }

    /// <summary>What the last run left is still being put away: SQLite takes a WAL away when its last connection closes.</summary>
    private static byte[]? ReadIfThere(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
