using System.Buffers.Text;
using System.Text;

namespace SmartService.Drills.Wire;

/// <summary>Room for one request, used again for the next: its body is written first, because the head tells its length.</summary>
internal sealed class RequestBuffer
{
    private byte[] _body = new byte[1024];
    private byte[] _bytes = new byte[2048];
    private int _bodyLength;
    private int _length;

    public void Begin() => (_bodyLength, _length) = (0, 0);

    public RequestBuffer Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
        return this;
    }

    public RequestBuffer Add(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return this;
    }

    public RequestBuffer AddHex(int number, byte digits)
    {
        _ = Utf8Formatter.TryFormat(number, Room(digits), out var written, new('x', digits));
        _length += written;
        return this;
    }

    /// <summary>What was added so far is the body; what comes now is the head.</summary>
    public void EndBody()
    {
        (_body, _bytes) = (_bytes, _body);
        (_bodyLength, _length) = (_length, 0);
    }

    public RequestBuffer AddBodyLength()
    {
        _ = Utf8Formatter.TryFormat(_bodyLength, Room(10), out var written);
        _length += written;
        return this;
    }

    /// <returns>The whole request; valid until the next begins.</returns>
    public ReadOnlySpan<byte> AddBody()
    {
        Add(_body.AsSpan(0, _bodyLength));
        return _bytes.AsSpan(0, _length);
    }

    private Span<byte> Room(int bytes)
    {
        if (_length + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }

        return _bytes.AsSpan(_length);
    }
}
