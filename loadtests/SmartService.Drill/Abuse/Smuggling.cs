using System.Text;

namespace SmartService.Drill.Abuse;

/// <summary>
/// Requests that two readers would cut in different places, each with a second request hidden in it. A server that answers the hidden one
/// after an ambiguous first lets whoever shares a connection with a proxy speak in another's name.
/// </summary>
/// <remarks>RFC 9112, sections 6.1, 6.3 and 11.2.</remarks>
internal sealed class Smuggling : Attack
{
    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: drill\r\n\r\n";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    public override string Name => "smuggling";

    public override string Question => "Is no hidden request answered, however the one around it is written?";

    public override (int Short, int Long) Size => (3, 500);

    public override async Task RunAsync(Ground ground, CancellationToken ct)
    {
        var (closed, alone) = (0, 0);
        for (var round = 0; round < ground.Size; round++)
        {
            foreach (var (name, text) in Pairs(ground.Store.Shoppers[0].Token))
            {
                using var connection = await RawClient.ConnectAsync(ground.Store.Address, ct);
                await connection.TrySendAsync(text, ct);
                var (answer, ended) = await connection.ReadAsync(Silence, ct);
                var statuses = RawClient.Statuses(answer);
                ground.Must(statuses.Count <= 1, $"{name}: the hidden request was answered too ({string.Join(", ", statuses)}).");
                ground.Must(statuses.All(s => s < 500 || s == 505), $"{name}: answered {string.Join(", ", statuses)}.");
                closed += ended ? 1 : 0;
                alone += ended ? 0 : 1;
            }
        }

        ground.Note("pairs", Pairs("").Count());
        ground.Note("refusedAndClosed", closed);
        ground.Note("readAsOne", alone);
    }

    /// <summary>Name and bytes. The hidden request lies where one of two readings ends the first.</summary>
    internal static IEnumerable<(string Name, string Text)> Pairs(string token)
    {
        var chunked = $"0\r\n\r\n{Hidden}";
        yield return ("length and chunks", Post($"Content-Length: {chunked.Length}\r\nTransfer-Encoding: chunked\r\n", chunked));
        yield return ("chunks and length", Post($"Transfer-Encoding: chunked\r\nContent-Length: {chunked.Length}\r\n", chunked));
        yield return ("length 4, then chunks", Post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", $"{Hidden.Length:x}\r\n{Hidden}\r\n0\r\n\r\n"));
        yield return ("two lengths", Post($"Content-Length: 0\r\nContent-Length: {Hidden.Length}\r\n", Hidden));
        yield return ("two lengths in one", Post($"Content-Length: 0, {Hidden.Length}\r\n", Hidden));
        yield return ("length with sign", Post($"Content-Length: +{Hidden.Length}\r\n", Hidden));
        yield return ("length in hex", Post("Content-Length: 0x0\r\n", Hidden));
        yield return ("length with blank inside", Post("Content-Length: 0 0\r\n", Hidden));
        yield return ("blank before colon", Post($"Content-Length : {Hidden.Length}\r\nContent-Length: 0\r\n", Hidden));
        yield return ("blank before colon of coding", Post("Transfer-Encoding : chunked\r\nContent-Length: 0\r\n", Hidden));
        yield return ("coding twice", Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", chunked));
        yield return ("unknown coding", Post("Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n", Hidden));
        yield return ("chunked not last", Post("Transfer-Encoding: chunked, identity\r\n", chunked));
        yield return ("coding with tab", Post($"Transfer-Encoding:\tchunked\r\nContent-Length: {chunked.Length}\r\n", chunked));
        yield return ("coding with control", Post($"Transfer-Encoding: \u000bchunked\r\nContent-Length: {chunked.Length}\r\n", chunked));
        yield return ("coding folded", Post($"Transfer-Encoding:\r\n chunked\r\nContent-Length: {chunked.Length}\r\n", chunked));
        yield return ("header folded", $"GET /healthz HTTP/1.1\r\nHost: drill\r\nX-A: b\r\n {Hidden}");
        yield return ("bare line feed in header", $"GET /healthz HTTP/1.1\r\nHost: drill\r\nX-A: b\n\n{Hidden}");
        yield return ("bare carriage return in header", $"GET /healthz HTTP/1.1\r\nHost: drill\r\nX-A: b\r\r{Hidden}");
        yield return ("NUL in header", $"GET /healthz HTTP/1.1\r\nHost: drill\r\nX-A: b\0c\r\n\r\n{Hidden}");
        yield return ("chunk size over 64 bits", Post("Transfer-Encoding: chunked\r\n", $"10000000000000000\r\n\r\n{chunked}"));
        yield return ("chunk size with sign", Post("Transfer-Encoding: chunked\r\n", $"+0\r\n\r\n{Hidden}"));
        yield return ("chunk size in 0x", Post("Transfer-Encoding: chunked\r\n", $"0x0\r\n\r\n{Hidden}"));
        yield return ("chunk without its end", Post("Transfer-Encoding: chunked\r\n", $"1\r\naXX0\r\n\r\n{Hidden}"));
        yield return ("chunk ended by line feed", Post("Transfer-Encoding: chunked\r\n", $"0\n\n{Hidden}"));
        yield return ("two hosts", $"GET /healthz HTTP/1.1\r\nHost: drill\r\nHost: other\r\n\r\n{Hidden}");
        yield return ("no host", $"GET /healthz HTTP/1.1\r\n\r\n{Hidden}");
        yield return ("blank in target", $"GET /healthz HTTP/1.1 HTTP/1.1\r\nHost: drill\r\n\r\n{Hidden}");
        yield return ("version of its own", $"GET /healthz HTTP/9.9\r\nHost: drill\r\n\r\n{Hidden}");
        yield return ("chunks in HTTP/1.0", $"POST /v1/shopper/visits HTTP/1.0\r\nHost: drill\r\nTransfer-Encoding: chunked\r\nContent-Length: {chunked.Length}\r\n\r\n{chunked}");

        // With a credential that is taken: a refusal before the body is read would hide what reading it does.
        string Post(string framing, string body) =>
            $"POST /v1/shopper/visits HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n{framing}\r\n{body}";
    }
}
