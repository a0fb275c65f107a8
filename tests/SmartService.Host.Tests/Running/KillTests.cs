using System.Net.Http.Json;
using System.Text.Json;
using SmartService.Host.Tests.World;

namespace SmartService.Host.Tests.Running;

/// <summary>kill -9 of the real process while shoppers write to it over HTTP.</summary>
[Collection(ProcessTests.Name)]
public sealed class KillTests : IDisposable
{
    private const int Cycles = 5;
    private const int Shoppers = 8;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_WhileShoppersWrite_EveryAcknowledgedMessageIsThereOnceAndInOrder()
    {
        var random = new Random(20_261_111);
        var data = _folder["data"];
        HostStore? store = null;
        var shoppers = new List<Shopper>();
        for (var cycle = 0; cycle <= Cycles; cycle++)
        {
            await using var host = await HostProcess.StartAsync(data);
            if (store is null)
            {
                store = await host.OpenStoreAsync("shop");
                await AllowManyMessagesAsync(host, store);
                for (var i = 0; i < Shoppers; i++)
                {
                    shoppers.Add(new((await store.OpenSessionAsync(host)).Token, $"conversation-{i}"));
                }
            }

            foreach (var shopper in shoppers)
            {
                await shopper.CheckAsync(host);
            }

            if (cycle < Cycles)
            {
                var before = shoppers.Sum(s => s.Acknowledged);
                var writing = shoppers.Select(s => s.WriteUntilItEndsAsync(host)).ToList();
                var enough = before + random.Next(20, 200);
                while (shoppers.Sum(s => s.Acknowledged) < enough)
                {
                    await Task.Delay(1);
                }

                await host.KillAsync();
                await Task.WhenAll(writing);
            }
        }

        shoppers.Sum(s => s.Acknowledged).ShouldBeGreaterThan(Cycles * 20);
    }

    private static async Task AllowManyMessagesAsync(HostProcess host, HostStore store)
    {
        using var http = host.As(store.SecretKey);
        (await http.PutAsJsonAsync("/v1/tenant/policy", new { messagesPerMinute = 600 })).EnsureSuccessStatusCode();
    }

    /// <summary>Writes one message after another; what got no answer is sent again under the same id after the next start.</summary>
    private sealed class Shopper(string token, string conversation)
    {
        private readonly List<(string ClientId, int Number)> _acknowledged = [];
        private int _next;

        public int Acknowledged => Volatile.Read(ref _next);

        public async Task WriteUntilItEndsAsync(HostProcess host)
        {
            using var http = host.As(token);
            try
            {
                while (true)
                {
                    var clientId = $"message-{_next:0000}";
                    using var answer = await http.PostAsJsonAsync(
                        $"/v1/shopper/conversations/{conversation}/messages", new { clientId, text = $"words of {clientId}" });
                    answer.EnsureSuccessStatusCode();
                    var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
                    _acknowledged.Add((clientId, body.GetProperty("number").GetInt32()));
                    Volatile.Write(ref _next, _next + 1);
                }
            }
            catch (HttpRequestException e) when (e.StatusCode is null)
            {
                // Killed. Whether the last message was stored nobody knows; that is what its id is for.
            }
            catch (IOException)
            {
                // Killed within an answer.
            }
        }

        public async Task CheckAsync(HostProcess host)
        {
            if (_acknowledged.Count == 0)
            {
                return;
            }

            using var http = host.As(token);
            var view = await http.GetFromJsonAsync<JsonElement>($"/v1/shopper/conversations/{conversation}");
            var mine = view.GetProperty("messages").EnumerateArray().Where(m => m.GetProperty("author").GetString() == "customer")
                .Select(m => (ClientId: m.GetProperty("clientId").GetString()!, Number: m.GetProperty("number").GetInt32())).ToList();

            // At most the one message more that was sent and never answered.
            mine.Take(_acknowledged.Count).ShouldBe(_acknowledged, $"in {conversation}");
            mine.Skip(_acknowledged.Count).Select(m => m.ClientId).ShouldBeSubsetOf([$"message-{_next:0000}"]);
            mine.Select(m => m.Number).ShouldBeInOrder(SortDirection.Ascending);
        }
    }
}
