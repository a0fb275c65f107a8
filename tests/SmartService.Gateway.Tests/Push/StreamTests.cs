using System.Globalization;
using System.Text.Json;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Push;

[Collection(SharedServer.Name)]
public class StreamTests(GatewayServer server)
{
    [Fact]
    public async Task Resume_AfterADisconnect_BringsWhatWasMissedOnceAndInOrder()
    {
        var store = await server.OpenStoreAsync();
        var (token, _) = await store.OpenSessionAsync();
        var shopper = server.As(token);
        long last;
        using (var stream = await Events.OpenAsync(shopper))
        {
            (await stream.NextAsync()).Name.ShouldBe("ready");
            await SayAsync(shopper, 1);
            last = (await stream.UntilAsync("message")).Id;
        }

        for (var i = 2; i <= 4; i++)
        {
            await SayAsync(shopper, i);
        }

        var numbers = new List<int>();
        using (var stream = await Events.OpenAsync(shopper, last))
        {
            var ready = await stream.NextAsync();
            (ready.Name, ready.Id).ShouldBe(("ready", last));
            while (numbers.Count == 0 || numbers[^1] < await CountAsync(shopper))
            {
                var message = await stream.UntilAsync("message");
                message.Id.ShouldBeGreaterThan(last);
                last = message.Id;
                numbers.Add(message.Data.GetProperty("number").GetInt32());
            }
        }

        numbers.ShouldBe(Enumerable.Range(2, numbers.Count));
    }

    [Fact]
    public async Task Push_WhileTheStreamIsOpen_IsCountedWithItsTime_AndWhatIsCaughtUpWithOnlyCounted()
    {
        var (token, _) = await (await server.OpenStoreAsync()).OpenSessionAsync();
        var shopper = server.As(token);
        var before = await FiguresAsync();
        using (var stream = await Events.OpenAsync(shopper))
        {
            await SayAsync(shopper, 1);
            await stream.UntilAsync("message");
            await WaitForAsync(before.Pushes + 1, before.Timed + 1);
        }

        var open = await FiguresAsync();
        using (var again = await Events.OpenAsync(shopper, 0))
        {
            await again.UntilAsync("message");
            await WaitForAsync(open.Pushes + 1, open.Timed);
        }

        async Task WaitForAsync(double pushes, double timed)
        {
            // Counted just after the write that the reader has seen. Others may be pushed to meanwhile, so at least.
            while ((await FiguresAsync()) is var now && (now.Pushes < pushes || now.Timed < timed))
            {
                await Task.Yield();
            }
        }

        async Task<(double Pushes, double Timed)> FiguresAsync()
        {
            var lines = (await server.As(null).GetStringAsync("/metrics")).Split('\n');
            return (Value("smartservice_pushes_total{event=\"message\",to=\"shopper\"} "), Value("smartservice_push_time_seconds_count "));
            double Value(string name) => lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line ? double.Parse(line[name.Length..], CultureInfo.InvariantCulture) : 0;
        }
    }

    [Fact]
    public async Task Stream_OfAnotherShopper_HearsNothingOfMine()
    {
        var store = await server.OpenStoreAsync();
        var (mine, other) = (await store.ShopperAsync(), await store.ShopperAsync());
        using var stream = await Events.OpenAsync(other);
        await stream.NextAsync();
        await SayAsync(mine, 1);
        await SayAsync(other, 2, "other-conversation");
        (await stream.UntilAsync("message")).Data.GetProperty("conversation").GetString().ShouldBe("other-conversation");
    }

    private static async Task SayAsync(HttpClient shopper, int number, string conversation = "my-conversation") =>
        (await shopper.PostAsync($"/v1/shopper/conversations/{conversation}/messages", GatewayServer.Json(new { clientId = $"message-{number}", text = $"say {number}" })))
            .EnsureSuccessStatusCode();

    private static async Task<int> CountAsync(HttpClient shopper) =>
        (await (await shopper.GetAsync("/v1/shopper/conversations/my-conversation")).BodyAsync()).GetProperty("messages").GetArrayLength();

    private sealed record Event(string Name, long Id, JsonElement Data);

    private sealed class Events(HttpResponseMessage answer, StreamReader lines) : IDisposable
    {
        public static async Task<Events> OpenAsync(HttpClient client, long? after = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/shopper/stream");
            if (after is { } position)
            {
                request.Headers.Add("Last-Event-ID", position.ToString(CultureInfo.InvariantCulture));
            }

            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        }

        public async Task<Event> UntilAsync(string name)
        {
            while (true)
            {
                if (await NextAsync() is var e && e.Name == name)
                {
                    return e;
                }
            }
        }

        public async Task<Event> NextAsync()
        {
            var (name, id, data) = ("", 0L, "");
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.Length == 0 && name.Length > 0)
                {
                    return new(name, id, JsonDocument.Parse(data).RootElement);
                }

                var value = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart();
                (name, id, data) = line.Split(':')[0] switch
                {
                    "event" => (value, id, data),
                    "id" => (name, long.Parse(value, CultureInfo.InvariantCulture), data),
                    "data" => (name, id, value),
                    _ => (name, id, data),
                };
            }

            throw new EndOfStreamException();
        }

        public void Dispose()
        {
            lines.Dispose();
            answer.Dispose();
        }
    }
}
