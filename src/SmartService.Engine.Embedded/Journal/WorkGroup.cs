namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// What gathers for the writer: works and, side by side in one array, the records of those that append. Two groups take
/// turns, so that records cost no array each and nothing has to be given back.
/// </summary>
internal sealed class WorkGroup
{
    private const int FirstBytes = 64 << 10;
    private const int KeptBytes = 4 << 20;

    private byte[] _bytes = new byte[FirstBytes];
    private int _used;

    public List<JournalWork> Works { get; } = [];

    public void Add(JournalWork work, ReadOnlySpan<byte> record)
    {
        if (work is AppendWork append)
        {
            append.RecordAt = _used;
            if (_bytes.Length - _used < record.Length)
            {
                Array.Resize(ref _bytes, Math.Max(_used + record.Length, (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
            }

            record.CopyTo(_bytes.AsSpan(_used));
            _used += record.Length;
        }

        Works.Add(work);
    }

    public Span<byte> RecordOf(AppendWork append) => _bytes.AsSpan(append.RecordAt, append.Bytes);

    public void Clear()
    {
        Works.Clear();
        _used = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[FirstBytes];
        }
    }
}
