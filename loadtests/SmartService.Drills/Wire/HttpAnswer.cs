using System.Buffers.Text;

namespace SmartService.Drills.Wire;

/// <summary>
/// Reads one HTTP/1.1 answer out of a growing buffer: enough of the protocol for one server that is known, and it says so when
/// that server does something else. HttpClient would cost the driver more CPU than the server spends on the request.
/// </summary>
/// <remarks>RFC 9112: status line, Content-Length, chunked transfer coding.</remarks>
internal readonly ref struct HttpAnswer
{
    private HttpAnswer(int status, ReadOnlySpan<byte> body, int retryAfterSeconds, bool closes, int length)
    {
        (Status, RetryAfterSeconds, Closes, Length) = (status, retryAfterSeconds, closes, length);
        Body = body;
    }

    public int Status { get; }

    public ReadOnlySpan<byte> Body { get; }

    /// <summary>0 when the answer has no such header.</summary>
    public int RetryAfterSeconds { get; }

    /// <summary>The server ends the connection after this answer.</summary>
    public bool Closes { get; }

    /// <summary>Bytes of the buffer that the answer took.</summary>
    public int Length { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Refused for now: the same request may be sent again later.</summary>
    public bool IsRefusedForNow => Status is 429 or 503;

    /// <summary>A proxy lost the server behind it: whether the request was done is not known, and it may be sent again with its ids.</summary>
    public bool IsFromProxy => Status is 502 or 504;

    /// <param name="received">What has come so far; chunks are put together in place once all are there.</param>
    /// <returns>False while the answer is not whole.</returns>
    /// <exception cref="InvalidDataException">This is no HTTP answer.</exception>
    public static bool TryRead(Span<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var end = ((ReadOnlySpan<byte>)received).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> head = received[..(end + 2)];
        if (head.Length < 15 || !head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head.Slice(9, 3), out int status, out _))
        {
            throw new InvalidDataException("The server's answer is no HTTP/1.1.");
        }

        var bodyAt = end + 4;
        var closes = Header(head, "\r\nconnection: "u8).StartsWith("close"u8);
        _ = Utf8Parser.TryParse(Header(head, "\r\nretry-after: "u8), out int retryAfter, out _);
        if (Header(head, "\r\ntransfer-encoding: "u8).StartsWith("chunked"u8))
        {
            if (!TryJoinChunks(received[bodyAt..], out var joined, out var used))
            {
                return false;
            }

            answer = new(status, received.Slice(bodyAt, joined), retryAfter, closes, bodyAt + used);
            return true;
        }

        _ = Utf8Parser.TryParse(Header(head, "\r\ncontent-length: "u8), out int length, out _);
        if (received.Length - bodyAt < length)
        {
            return false;
        }

        answer = new(status, received.Slice(bodyAt, length), retryAfter, closes, bodyAt + length);
        return true;
    }

    /// <summary>The value of a header, to the end of its line; names in any case.</summary>
    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        for (var at = 0; ;)
        {
            var next = head[at..].IndexOf((byte)'\r');
            if (next < 0 || at + next + name.Length > head.Length)
            {
                return [];
            }

            at += next;
            if (Ascii(head.Slice(at, name.Length), name))
            {
                var value = head[(at + name.Length)..];
                return value[..value.IndexOf((byte)'\r')];
            }

            at++;
        }
    }

    private static bool Ascii(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) => System.Text.Ascii.EqualsIgnoreCase(text, lower);

    private static bool TryJoinChunks(Span<byte> body, out int joined, out int used)
    {
        // First look whether all is there, then move: a buffer that was half joined could not be read again.
        (joined, used) = (0, 0);
        for (var at = 0; ;)
        {
            if (!TryReadSize(body[at..], out var size, out var digits))
            {
                return false;
            }

            at += digits;
            if (body.Length < at + size + 2)
            {
                return false;
            }

            at += size + 2;
            if (size == 0)
            {
                used = at;
                break;
            }
        }

        for (var at = 0; at < used;)
        {
            _ = TryReadSize(body[at..], out var size, out var digits);
            body.Slice(at + digits, size).CopyTo(body[joined..]);
            joined += size;
            at += digits + size + 2;
        }

        return true;
    }

    internal static bool TryReadSize(ReadOnlySpan<byte> text, out int size, out int length)
    {
        size = 0;
        length = text.IndexOf("\r\n"u8) + 2;
        return length >= 2 && (Utf8Parser.TryParse(text[..(length - 2)], out size, out _, 'x')
            ? size >= 0
            : throw new InvalidDataException("A chunk's size is no number."));
    }
}
