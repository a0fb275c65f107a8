using System.Text;
using SmartService.Drills.Wire;

namespace SmartService.LoadTests.Tests.Wire;

public sealed class WireTests
{
    private const string Chunked =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"num\r\n9\r\nber\":123}\r\n0\r\n\r\n";

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", 0, false)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "", 0, false)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\nRETRY-AFTER: 7\r\nConnection: close\r\n\r\nno", 503, "no", 7, true)]
    [InlineData(Chunked, 200, "{\"number\":123}", 0, false)]
    public void Answer_IsWholeOnlyWithItsLastByte(string text, int status, string body, int retryAfter, bool closes)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++)
        {
            HttpAnswer.TryRead(bytes.AsSpan(0, length).ToArray(), out _).ShouldBeFalse($"after {length} bytes");
        }

        HttpAnswer.TryRead(bytes, out var answer).ShouldBeTrue();
        (answer.Status, Encoding.ASCII.GetString(answer.Body), answer.RetryAfterSeconds, answer.Closes, answer.Length).ShouldBe((status, body, retryAfter, closes, text.Length));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2 nobody speaks HTTP here\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    public void Rubbish_IsNoAnswer(string text) =>
        Should.Throw<InvalidDataException>(() => HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Events_AreTheSame_HoweverTheyAreCut()
    {
        const string Body =
            "retry: 2000\n\nid: 5\nevent: ready\ndata: {\"head\":9}\n\n:\n\nid: 12\nevent: message\ndata: {\"text\":\"안녕\"}\n\nevent: typing\ndata: {}\n\n";
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var heard = new Heard();
            var events = new ServerEvents(heard);
            foreach (var piece in Cut(InChunks(Encoding.UTF8.GetBytes(Body), random), random))
            {
                events.Take(piece);
            }

            heard.Events.ShouldBe(["ready 5 {\"head\":9}", "message 12 {\"text\":\"안녕\"}", "typing 0 {}"]);
        }
    }

    [Fact]
    public void Events_InBrokenChunks_AreRefused() =>
        Should.Throw<InvalidDataException>(() => new ServerEvents(new Heard()).Take("5\r\nhelloX"u8));

    private static byte[] InChunks(byte[] body, Random random) =>
        [.. Cut(body, random).SelectMany(piece => (byte[])[.. Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), .. piece, .. "\r\n"u8])];

    private static IEnumerable<byte[]> Cut(byte[] bytes, Random random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, random.Next(1, 40));
            yield return bytes[at..(at + length)];
            at += length;
        }
    }

    private sealed class Heard : IServerEvents
    {
        public List<string> Events { get; } = [];

        public void Event(ReadOnlySpan<byte> name, long id, ReadOnlySpan<byte> data) =>
            Events.Add($"{Encoding.UTF8.GetString(name)} {id} {Encoding.UTF8.GetString(data)}");
    }
}
