using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SmartService.Fuzz.Inputs;
using SmartService.Fuzz.Parsers;

namespace SmartService.Fuzz.Http;

/// <summary>
/// Calls every operation of the API with what is nearly right: bodies changed where grammars are, ids and queries out of the naughty
/// strings, other media types, other credentials. Whatever comes, the answer is no 5xx, and it comes.
/// </summary>
internal sealed class HttpFuzz(FuzzServer server, IReadOnlyList<Operation> operations, ulong seed, string? saveTo)
{
    private const int MostFindings = 20;
    private static readonly string[] MayRefuse = ["busy", "queued", "call_back"];
    private static readonly string[] Headers = ["Last-Event-ID", "Origin", "Accept", "If-Match", "X-Forwarded-For", "Accept-Language", "Content-Encoding"];
    private static readonly string[] Types = ["application/json", "text/plain", "application/x-ndjson", "text/csv", "application/json; charset=utf-16", "a/b", "application/xml", "multipart/form-data; boundary=x"];
    private readonly ConcurrentQueue<Finding> _findings = new();
    private readonly ConcurrentDictionary<int, long> _statuses = new();

    /// <summary>How often each status was answered.</summary>
    public IReadOnlyDictionary<int, long> Statuses => _statuses;

    public async Task<FuzzFigures> RunAsync(long from, long count, int atOnce)
    {
        var clock = Stopwatch.StartNew();
        using var client = server.Client();
        var done = 0L;
        await Parallel.ForAsync(from, from + count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (number, ct) =>
        {
            if (_findings.Count < MostFindings)
            {
                await TryAsync(client, number, ct);
                Interlocked.Increment(ref done);
            }
        });
        return new("http", seed, done, clock.Elapsed.TotalSeconds, [.. _findings]);
    }

    /// <summary>One call again, as it was.</summary>
    public HttpRequestMessage CaseOf(long number)
    {
        var chance = Chance.Of(seed, number);
        var operation = chance.Pick(operations);
        var request = new HttpRequestMessage(new(operation.Method), Address(chance, operation));
        if (operation.Bodies.Count > 0)
        {
            var (type, sample) = chance.Pick(operation.Bodies);
            var body = chance.Once(10) ? sample : Mutator.Make(chance, [sample]);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", chance.Once(12) ? chance.Pick(Types) : type);
        }

        var scheme = operation.Schemes.Count > 0 && !chance.Once(20) ? chance.Pick(operation.Schemes) : chance.Pick(server.Credentials.Keys.Order(StringComparer.Ordinal).ToArray());
        var credential = server.Credentials.GetValueOrDefault(scheme, "");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + (chance.Once(30) ? Header(Encoding.UTF8.GetString(Mutator.Mutate(chance, Encoding.UTF8.GetBytes(credential)))) : credential));
        foreach (var header in Headers.Where(_ => chance.Once(15)))
        {
            request.Headers.TryAddWithoutValidation(header, Header(chance.Pick(NaughtyStrings.All)));
        }

        return request;
    }

    private static string Header(string text) => new([.. text.Where(c => c is >= ' ' and < (char)127).Take(2_000)]);

    private static string Address(Chance chance, Operation operation)
    {
        var path = new StringBuilder();
        foreach (var part in operation.Path.Split('/').Skip(1))
        {
            path.Append('/').Append(part.StartsWith('{') ? Id(chance) : part);
        }

        var separator = '?';
        foreach (var name in operation.Query.Where(_ => chance.Once(2)))
        {
            path.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(Whole(chance.Once(3) ? chance.Below(1000).ToString(CultureInfo.InvariantCulture) : chance.Pick(NaughtyStrings.All))));
            separator = '&';
        }

        return path.Length > 6_000 ? path.ToString(0, 6_000).TrimEnd('%') : path.ToString();
    }

    private static string Id(Chance chance)
    {
        var id = chance.Below(4) switch
        {
            0 => Whole(chance.Pick(NaughtyStrings.All)),
            1 => chance.Below(10).ToString(CultureInfo.InvariantCulture),
            _ => "known-id-1",
        };

        // A dot alone would be taken out of the address before it leaves.
        // A NUL the client in memory refuses itself; the server's own refusal is tested by hand.
        id = id.Replace('\0', 'x');
        return id.Length == 0 || id.Trim('.').Length == 0 ? "x" : Uri.EscapeDataString(id);
    }

    private static string Whole(string text) => new([.. text.Select(c => char.IsSurrogate(c) ? '?' : c).Take(500)]);

    private async Task TryAsync(HttpClient client, long number, CancellationToken ct)
    {
        using var request = CaseOf(number);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            _statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, n) => n + 1);
            if ((int)answer.StatusCode >= 500 && !await MayAsync(answer, ct))
            {
                await FoundAsync(number, request, $"answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
            }
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            await FoundAsync(number, request, "no answer within three minutes");
        }
#pragma warning disable CA1031 // In memory an exception of the server comes out of the client.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await FoundAsync(number, request, $"{e.GetType().Name}: {e.Message}\n{e.StackTrace}");
        }
    }

    /// <summary>Saying no for now, with a time to come again, is an answer.</summary>
    private static async Task<bool> MayAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.Headers.RetryAfter is null || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return false;
        }

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct));
        return MayRefuse.Contains(problem.RootElement.GetProperty("code").GetString());
    }

    private async Task FoundAsync(long number, HttpRequestMessage request, string what)
    {
        string? file = null;
        if (saveTo is not null)
        {
            Directory.CreateDirectory(saveTo);
            file = Path.Combine(saveTo, $"http-{seed}-{number}.txt");
            using var again = CaseOf(number);
            var body = again.Content is null ? "" : Convert.ToBase64String(await again.Content.ReadAsByteArrayAsync());
            await File.WriteAllTextAsync(file, $"{again.Method} {again.RequestUri}\n{again.Headers}\nbase64 body: {body}\n\n{what}\n");
        }

        _findings.Enqueue(new($"{request.Method} {request.RequestUri}", seed, number, what, file));
    }
}
