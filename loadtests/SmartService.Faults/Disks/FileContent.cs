namespace SmartService.Faults.Disks;

/// <summary>What a file holds on a disk: what is flushed, and in their order what was done since.</summary>
internal sealed class FileContent
{
    private readonly List<Change> _pending = [];
    private byte[] _flushed = [];
    private int _length;

    public FileContent()
    {
    }

    public FileContent(byte[] content) => (_flushed, _length, Size) = (content, content.Length, content.Length);

    public int PendingChanges => _pending.Count;

    /// <summary>As the running program sees it.</summary>
    public long Size { get; private set; }

    public void Write(long at, ReadOnlySpan<byte> data)
    {
        _pending.Add(new((int)at, data.ToArray(), Truncates: false));
        Size = Math.Max(Size, at + data.Length);
    }

    public void Truncate(long size)
    {
        _pending.Add(new((int)size, [], Truncates: true));
        Size = size;
    }

    public void Flush()
    {
        foreach (var change in _pending)
        {
            change.ApplyTo(ref _flushed, ref _length);
        }

        _pending.Clear();
    }

    /// <summary>What a power loss leaves: what is flushed, and of the rest what chance kept, in any order, torn between sectors.</summary>
    public byte[] AfterPowerLoss(Random chance)
    {
        var (content, length) = (_flushed.AsSpan(0, _length).ToArray(), _length);
        var kept = chance.Next(4) switch
        {
            0 => 0.0, // The drive lost its whole cache,
            1 => 1.0, // or nothing of it,
            _ => chance.NextDouble(), // or some.
        };
        var tears = chance.Next(2) == 0;
        foreach (var change in _pending)
        {
            if (change.Truncates || !tears)
            {
                if (chance.NextDouble() < kept)
                {
                    change.ApplyTo(ref content, ref length);
                }

                continue;
            }

            foreach (var sector in change.Sectors())
            {
                if (chance.NextDouble() < kept)
                {
                    sector.ApplyTo(ref content, ref length);
                }
            }
        }

        return content.AsSpan(0, length).ToArray();
    }

    private readonly record struct Change(int At, byte[] Data, bool Truncates)
    {
        public void ApplyTo(ref byte[] content, ref int length)
        {
            if (Truncates)
            {
                if (At < length)
                {
                    content.AsSpan(At, length - At).Clear();
                }

                length = Grow(ref content, At);
                return;
            }

            length = Math.Max(length, Grow(ref content, At + Data.Length));
            Data.CopyTo(content, At);
        }

        public IEnumerable<Change> Sectors()
        {
            for (var from = 0; from < Data.Length;)
            {
                var to = Math.Min(Data.Length, from + FaultyDisk.SectorBytes - ((At + from) % FaultyDisk.SectorBytes));
                yield return new(At + from, Data[from..to], Truncates: false);
                from = to;
            }
        }

        private static int Grow(ref byte[] content, int length)
        {
            if (content.Length < length)
            {
                Array.Resize(ref content, Math.Max(length, content.Length * 2));
            }

            return length;
        }
    }
}
