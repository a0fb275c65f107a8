using System.Globalization;
using System.Text;

namespace SmartService.Drill.Abuse;

/// <summary>Headers, addresses, bodies and depths over every limit, over and over.</summary>
internal sealed class Oversized : Attack
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(1);

    public override string Name => "oversized";

    public override string Question => "Does everything that is too large get a 4xx, and nothing else happen?";

    public override (int Short, int Long) Size => (20, 2_000);

    public override async Task RunAsync(Ground ground, CancellationToken ct)
    {
        var answers = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await Parallel.ForAsync(0, ground.Size, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (_, token) =>
        {
            foreach (var (name, bytes) in Cases(ground.Store.Shoppers[0].Token))
            {
                using var connection = await RawClient.ConnectAsync(ground.Store.Address, token);
                await connection.TrySendAsync(bytes, token);
                var (text, closed) = await connection.ReadAsync(Silence, token, AnswerWithin);
                var statuses = RawClient.Statuses(text);

                // A server may close while it is still being sent to; then the answer is lost on the way. That is a refusal too.
                ground.Must(statuses.Count == 0 ? closed : statuses.All(s => s is >= 400 and < 500), $"{name} was answered with {(statuses.Count == 0 ? "nothing, and left open" : string.Join(", ", statuses))}.");
                answers.AddOrUpdate($"{name} {(statuses.Count == 0 ? 0 : statuses[0])}", 1, (_, n) => n + 1);
            }
        });
        foreach (var (name, count) in answers.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            ground.Note(name, count);
        }
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Cases(string token)
    {
        var authorised = $"Host: drill\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n";
        const string Ask = "POST /v1/shopper/conversations/oversized-1/messages HTTP/1.1\r\n";
        yield return ("address of 20 KB", Of($"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: drill\r\n\r\n"));
        yield return ("query of 20 KB", Of($"GET /healthz?{new string('a', 20_000)} HTTP/1.1\r\nHost: drill\r\n\r\n"));
        yield return ("header of 64 KB", Of($"GET /healthz HTTP/1.1\r\nHost: drill\r\nX-Large: {new string('a', 65_536)}\r\n\r\n"));
        yield return ("500 headers", Of($"GET /healthz HTTP/1.1\r\nHost: drill\r\n{string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: a\r\n"))}\r\n"));
        yield return ("body of 200 KB", Of($"{Ask}{authorised}Content-Length: 200000\r\n\r\n{new string(' ', 200_000)}"));
        yield return ("length of 10 TB", Of($"{Ask}{authorised}Content-Length: 10000000000000\r\n\r\n{{"));
        yield return ("length beyond 64 bits", Of($"{Ask}{authorised}Content-Length: 99999999999999999999999\r\n\r\n{{"));
        yield return ("negative length", Of($"{Ask}{authorised}Content-Length: -1\r\n\r\n{{"));
        yield return ("chunks without end", Of($"{Ask}{authorised}Transfer-Encoding: chunked\r\n\r\n{string.Concat(Enumerable.Repeat("2000\r\n" + new string(' ', 0x2000) + "\r\n", 20))}"));
        yield return ("chunk of 16 EB", Of($"{Ask}{authorised}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{{"));
        yield return ("depth of 10,000", Json(new string('[', 10_000)));
        yield return ("text of 60 KB", Json($"{{\"clientId\":\"client-0001\",\"text\":\"{new string('a', 60_000)}\"}}"));
        yield return ("5,000 fields", Json("{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"f{i}\":1")) + "}"));
        yield return ("method of 10 KB", Of($"{new string('A', 10_000)} / HTTP/1.1\r\nHost: drill\r\n\r\n"));
        yield return ("credential of 15 KB", Of($"GET /v1/tenant HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer {new string('a', 15_000)}\r\n\r\n"));

        byte[] Json(string body) => Of(string.Create(CultureInfo.InvariantCulture, $"{Ask}{authorised}Content-Length: {body.Length}\r\n\r\n{body}"));
    }

    private static byte[] Of(string text) => Encoding.Latin1.GetBytes(text);
}
