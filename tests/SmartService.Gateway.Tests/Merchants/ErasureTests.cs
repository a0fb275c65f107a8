using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine.Scheduling;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Merchants;

[Collection(SharedServer.Name)]
public class ErasureTests(GatewayServer server)
{
    [Fact]
    public async Task Erase_Person_ForgetsConversationsOrdersAndTwiceIsTheSame()
    {
        var store = await server.OpenStoreAsync();
        var (token, customer) = await store.OpenSessionAsync();
        var shopper = server.As(token);
        (await shopper.PostAsync("/v1/shopper/conversations/conversation-1/messages", GatewayServer.Json(new { clientId = "message-1", text = "my secret is 42" }))).EnsureSuccessStatusCode();
        await WaitUntilListedAsync(store, customer);

        using var first = await store.Secret.DeleteAsync($"/v1/customers/{customer}");
        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        (await first.BodyAsync()).GetProperty("conversations").GetInt32().ShouldBe(1);
        (await (await store.Secret.GetAsync("/v1/conversations/conversation-1")).Content.ReadAsStringAsync()).ShouldNotContain("secret");
        (await (await store.Secret.GetAsync($"/v1/customers/{customer}")).BodyAsync()).GetProperty("erased").GetBoolean().ShouldBeTrue();
        using var again = await store.Secret.DeleteAsync($"/v1/customers/{customer}");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var late = await shopper.PostAsync("/v1/shopper/visits", GatewayServer.Json(new { visits = new[] { Shoppers.ShopperTests.Visit("visit-001") } }));
        late.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await store.OpenSessionAsync(new { token })).Customer.ShouldNotBe(customer);
    }

    [Fact]
    public async Task Erase_CutOff_IsFinishedByTheScheduler()
    {
        // What a crash leaves behind: the reminder set before the first step, and nobody at work on it.
        var store = await server.OpenStoreAsync();
        var (token, customer) = await store.OpenSessionAsync();
        (await server.As(token).PostAsync("/v1/shopper/conversations/conversation-1/messages", GatewayServer.Json(new { clientId = "message-1", text = "my secret is 42" }))).EnsureSuccessStatusCode();
        await WaitUntilListedAsync(store, customer);
        var scheduler = server.Services.GetRequiredService<IScheduler>();
        await scheduler.SetAsync(new("erase-customer", $"{store.Id}/{customer}", DateTimeOffset.UtcNow, default), default);
        while (await scheduler.FindAsync("erase-customer", $"{store.Id}/{customer}", default) is not null)
        {
            await Task.Yield();
        }

        (await (await store.Secret.GetAsync($"/v1/customers/{customer}")).BodyAsync()).GetProperty("erased").GetBoolean().ShouldBeTrue();
        (await (await store.Secret.GetAsync("/v1/conversations/conversation-1")).Content.ReadAsStringAsync()).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Erase_Done_LeavesNoReminder()
    {
        var store = await server.OpenStoreAsync();
        var (_, customer) = await store.OpenSessionAsync();
        (await store.Secret.DeleteAsync($"/v1/customers/{customer}")).EnsureSuccessStatusCode();
        (await server.Services.GetRequiredService<IScheduler>().FindAsync("erase-customer", $"{store.Id}/{customer}", default)).ShouldBeNull();
    }

    /// <summary>The customer's own history names a conversation moments after it began; the list follows the journal too.</summary>
    private static async Task WaitUntilListedAsync(Store store, string customer)
    {
        while (!(await store.Secret.GetStringAsync($"/v1/conversations?customer={customer}")).Contains("conversation-1", StringComparison.Ordinal))
        {
            await Task.Yield();
        }
    }
}
