using System.Buffers.Text;

namespace SmartService.Drills.Wire;

/// <summary>Who is told of the events of a stream. Spans are valid during the call only.</summary>
internal interface IServerEvents
{
    void Event(ReadOnlySpan<byte> name, long id, ReadOnlySpan<byte> data);
}

/// <summary>Server-sent events out of the chunks of an HTTP answer, whatever pieces they come in. Keeps no more than one event.</summary>
/// <remarks>WHATWG HTML, section 9.2; RFC 9112, section 7.1.</remarks>
internal sealed class ServerEvents(IServerEvents listener)
{
    private const int MostBytes = 1024 * 1024;
    private byte[] _event = new byte[512];
    private int _filled;
    private int _size;
    private int _left = -1; // Of the chunk being read; -1 while its size is awaited, 0 while its line end is.

    /// <summary>Takes chunked bytes of the body.</summary>
    /// <exception cref="InvalidDataException">This is no chunked body.</exception>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_left > 0)
            {
                var take = Math.Min(_left, bytes.Length);
                Add(bytes[..take]);
                bytes = bytes[take..];
                _left -= take;
                continue;
            }

            ReadFraming(bytes[0]);
            bytes = bytes[1..];
        }
    }

    /// <summary>One byte of "\r\n" after a chunk, or of the next one's size.</summary>
    private void ReadFraming(byte b)
    {
        switch ((char)b)
        {
            case '\r':
                break;
            case '\n' when _left == 0:
                (_left, _size) = (-1, 0);
                break;
            case '\n':
                _left = _size;
                break;
            case var hex when _left < 0 && char.IsAsciiHexDigit(hex):
                _size = (_size * 16) + Convert.ToInt32(hex.ToString(), 16);
                break;
            default:
                throw new InvalidDataException("The stream's chunks are broken.");
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (_filled + bytes.Length > _event.Length)
        {
            Array.Resize(ref _event, Math.Max(_filled + bytes.Length, _event.Length * 2) is var size && size <= MostBytes
                ? size
                : throw new InvalidDataException("An event is larger than 1 MiB."));
        }

        bytes.CopyTo(_event.AsSpan(_filled));
        _filled += bytes.Length;
        for (int end; (end = _event.AsSpan(0, _filled).IndexOf("\n\n"u8)) >= 0;)
        {
            Dispatch(_event.AsSpan(0, end));
            _event.AsSpan(end + 2, _filled - end - 2).CopyTo(_event);
            _filled -= end + 2;
        }
    }

    private void Dispatch(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> name = [], data = [];
        var id = 0L;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.StartsWith("event: "u8))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: "u8))
            {
                data = line[6..];
            }
            else if (line.StartsWith("id: "u8) && Utf8Parser.TryParse(line[4..], out long number, out _))
            {
                id = number;
            }
        }

        if (!name.IsEmpty)
        {
            listener.Event(name, id, data);
        }
    }
}
