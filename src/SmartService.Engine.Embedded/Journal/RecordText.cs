namespace SmartService.Engine.Embedded.Journal;

/// <summary>The texts of a record: a length of seven bits a byte, least first, and that many bytes.</summary>
internal static class RecordText
{
    private const int MostShift = 35;

    public static ReadOnlySpan<byte> Read(byte[] record, scoped ref int at)
    {
        var length = 0;
        var shift = 0;
        byte b;
        do
        {
            b = record[at++];
            length |= (b & 0x7f) << shift;
            shift += 7;
        }
        while (b >= 0x80 && shift < MostShift);
        var text = record.AsSpan(at, length);
        at += length;
        return text;
    }

    /// <summary>Overwrites one event, its name and JSON, by one of the same length without a name: the mark of an overwritten event.</summary>
    /// <param name="texts">Both texts with their lengths; at least four bytes, as every event has.</param>
    public static void Blank(Span<byte> texts)
    {
        texts.Clear();
        var lengthBytes = 1;
        while (texts.Length - 1 - lengthBytes >= 1 << (7 * lengthBytes))
        {
            lengthBytes++;
        }

        // Written in just this many bytes even if fewer would do: the total has to come out the same.
        var rest = texts.Length - 1 - lengthBytes;
        for (var i = 1; i <= lengthBytes; i++)
        {
            texts[i] = (byte)((rest & 0x7f) | (i < lengthBytes ? 0x80 : 0));
            rest >>= 7;
        }
    }
}
