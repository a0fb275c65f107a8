using System.Net.Http.Json;
using System.Text.Json;
using SmartService.Host.Tests.World;

namespace SmartService.Host.Tests.Running;

/// <summary>kill -9 between the steps of forgetting a person.</summary>
[Collection(ProcessTests.Name)]
public sealed class ErasureKillTests : IDisposable
{
    private const int Conversations = 40;

    private static readonly TimeSpan SlowDisk = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Milliseconds. Every conversation is flushed at least once: to forget them all takes 20 s, to see the first one forgotten, on a machine
    /// with other things to do, less. The file is looked at ten times a second: by then the slow disk has let few of them pass.
    /// </summary>
    private const string VerySlowDisk = "500";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_WhileAPersonIsForgotten_IsFinishedAfterTheStartAndNothingElseIsLost()
    {
        HostStore store;
        string ada, bob;
        await using (var host = await HostProcess.StartAsync(_folder["data"], flushDelay: SlowDisk, flushDelayFile: _folder["flush-delay"]))
        {
            store = await host.OpenStoreAsync("shop");
            bob = await SpeakAsync(host, store, "bob", 3);
            ada = await SpeakAsync(host, store, "ada", Conversations);
            using var secret = host.As(store.SecretKey);
            await WaitUntilListedAsync(secret, ada);
            await File.WriteAllTextAsync(_folder["flush-delay"], VerySlowDisk);
            var erasing = secret.DeleteAsync($"/v1/customers/{ada}");
            while ((await secret.GetStringAsync("/v1/conversations/ada-conversation-0")).Contains(Words("ada", 0), StringComparison.Ordinal))
            {
                // Wait until the first conversation is forgotten; the last one comes much later.
            }

            await host.KillAsync();
            await Should.ThrowAsync<HttpRequestException>(() => erasing);
        }

        _folder.FilesWith("data", Words("ada", Conversations - 1)).ShouldNotBeEmpty("the kill came after the end: nothing was tested");

        await using (var host = await HostProcess.StartAsync(_folder["data"]))
        {
            using var secret = host.As(store.SecretKey);
            while (_folder.FilesWith("data", "words-of-ada").Count > 0)
            {
                await Task.Delay(50);
            }

            (await secret.GetFromJsonAsync<JsonElement>($"/v1/customers/{ada}")).GetProperty("erased").GetBoolean().ShouldBeTrue();
            (await secret.GetFromJsonAsync<JsonElement>($"/v1/customers/{bob}")).GetProperty("erased").GetBoolean().ShouldBeFalse();
            for (var i = 0; i < 3; i++)
            {
                (await secret.GetStringAsync($"/v1/conversations/bob-conversation-{i}")).ShouldContain(Words("bob", i));
            }
        }
    }

    private static string Words(string who, int conversation) => $"words-of-{who}-{conversation:000}";

    private static async Task<string> SpeakAsync(HostProcess host, HostStore store, string who, int conversations)
    {
        using (var secret = host.As(store.SecretKey))
        {
            (await secret.PutAsJsonAsync("/v1/tenant/policy", new { messagesPerMinute = 600 })).EnsureSuccessStatusCode();
        }

        var (token, customer) = await store.OpenSessionAsync(host);
        using var http = host.As(token);
        for (var i = 0; i < conversations; i++)
        {
            using var answer = await http.PostAsJsonAsync(
                $"/v1/shopper/conversations/{who}-conversation-{i}/messages", new { clientId = "message-1", text = Words(who, i) });
            answer.EnsureSuccessStatusCode();
        }

        return customer;
    }

    /// <summary>The customer's own history names a conversation moments after it began; the list follows the journal too.</summary>
    private static async Task WaitUntilListedAsync(HttpClient secret, string customer)
    {
        while (!(await secret.GetStringAsync($"/v1/conversations?customer={customer}&limit=1")).Contains($"ada-conversation-{Conversations - 1}", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }
    }
}
