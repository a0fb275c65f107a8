using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartService.Backoffice.Webhooks;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

public class WebhookTests
{
    private static readonly string[] Opened = ["conversation.opened"];

    private static readonly Dictionary<string, string?> Quick = new()
    {
        ["SmartService:Console:WebhooksToPrivate"] = "true",
        ["SmartService:Console:WebhookFirstPause"] = "00:00:00.01",
        ["SmartService:Console:WebhookTimeout"] = "00:01:00", // A receiver that the machine keeps waiting is no failed attempt.
    };

    [Fact]
    public async Task HandOff_IsDeliveredSigned_AgainAfterFailures_AndOnceInTheLog()
    {
        await using var own = new OwnServer(settings: Quick);
        await using var receiver = await Receiver.StartAsync();
        var store = await own.OpenStoreAsync();
        receiver.Answers.Enqueue(500);
        receiver.Answers.Enqueue(302);
        var (id, secret) = await AddAsync(store, receiver.Url, "conversation.handed_off");
        await AskAsync(store, "webhook-chat-1");
        await LiveTests.Eventually(async () => (await DeliveriesAsync(store, id)).Any(d => d.GetProperty("state").GetString() == "delivered"));

        var delivery = (await DeliveriesAsync(store, id)).Single();
        delivery.GetProperty("attempts").GetInt32().ShouldBe(3, "500, a redirect that is not followed, then 200");
        receiver.Got.Count.ShouldBe(3);
        receiver.Got.Select(g => g.Headers["X-SmartService-Delivery"]).Distinct().Single().ShouldBe(delivery.GetProperty("id").GetString());
        foreach (var (headers, body) in receiver.Got)
        {
            var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{headers["X-SmartService-Timestamp"]}.{body}"));
            headers["X-SmartService-Signature"].ShouldBe("v1=" + Convert.ToHexStringLower(mac));
            var sent = JsonDocument.Parse(body).RootElement;
            sent.GetProperty("event").GetString().ShouldBe("conversation.handed_off");
            sent.GetProperty("data").GetProperty("conversation").GetString().ShouldBe("webhook-chat-1");
            body.ShouldNotContain("secret words", Case.Insensitive);
        }
    }

    [Fact]
    public async Task Follower_ReadingTheSameEventsAgain_AddsNothing()
    {
        await using var own = new OwnServer(settings: Quick);
        await using var receiver = await Receiver.StartAsync();
        var store = await own.OpenStoreAsync();
        var (id, _) = await AddAsync(store, receiver.Url, "conversation.opened", "question.unanswered");
        await AskAsync(store, "webhook-chat-2");
        await LiveTests.Eventually(async () => (await DeliveriesAsync(store, id)).Count(d => d.GetProperty("state").GetString() == "delivered") == 2);
        var journal = (Engine.IJournalReader)own.Server.Services.GetService(typeof(Engine.IJournalReader))!;
        var followers = (IEnumerable<Engine.IJournalFollower>)own.Server.Services.GetService(typeof(IEnumerable<Engine.IJournalFollower>))!;
        await followers.OfType<WebhookFollower>().Single().HandleAsync(await journal.ReadAsync(0, 10_000, default), default);
        (await DeliveriesAsync(store, id)).Count.ShouldBe(2);
        receiver.Got.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Test_IsSentAtOnce_AndWhatIsOffIsToldNothing()
    {
        await using var own = new OwnServer(settings: Quick);
        await using var receiver = await Receiver.StartAsync();
        var store = await own.OpenStoreAsync();
        var (id, _) = await AddAsync(store, receiver.Url, "conversation.opened");
        (await store.Secret.PutAsync($"/v1/tenant/webhooks/{id}", GatewayServer.Json(new { enabled = false }))).EnsureSuccessStatusCode();
        var tested = await (await store.Secret.PostAsync($"/v1/tenant/webhooks/{id}/test", null)).BodyAsync();
        tested.GetProperty("delivered").GetBoolean().ShouldBeTrue();
        receiver.Answers.Enqueue(500);
        (await (await store.Secret.PostAsync($"/v1/tenant/webhooks/{id}/test", null)).BodyAsync()).GetProperty("status").GetInt32().ShouldBe(500);
        await AskAsync(store, "webhook-chat-3");
        var (other, _) = await AddAsync(store, receiver.Url, "conversation.handed_off");
        await AskAsync(store, "webhook-chat-4");
        await LiveTests.Eventually(async () => (await DeliveriesAsync(store, other)).Count == 1);
        (await DeliveriesAsync(store, id)).Count.ShouldBe(2, "the two tests");
        (await DeliveriesAsync(store, other)).Count.ShouldBe(1, "what happened before the webhook was made is not told");
    }

    [Fact]
    public async Task SecretThatDoesNotOpen_IsSaid_AndNobodyElseIsKeptWaiting()
    {
        await using var own = new OwnServer(settings: Quick);
        await using var receiver = await Receiver.StartAsync();
        var store = await own.OpenStoreAsync();
        var (broken, _) = await AddAsync(store, receiver.Url, "conversation.opened");
        var tenants = own.Server.Services.GetRequiredService<ITenants>();
        var hook = (await tenants.ReadAsync(Entity.Tenant(new(store.Id)), default)).Webhooks.Single();
        (await tenants.HandleAsync(Entity.Tenant(new(store.Id)), new TenantCommand.SaveWebhook(hook with { Secret = "of-another-installation" }, DateTimeOffset.UtcNow), default))
            .Refusal.ShouldBeNull();
        var (sound, _) = await AddAsync(store, receiver.Url, "conversation.opened");

        await AskAsync(store, "webhook-chat-5");
        await LiveTests.Eventually(async () =>
            (await DeliveriesAsync(store, sound)).Any(d => d.GetProperty("state").GetString() == "delivered")
            && (await DeliveriesAsync(store, broken)).Any(d => d.GetProperty("attempts").GetInt32() > 1));
        (await DeliveriesAsync(store, broken)).Single().GetProperty("error").GetString()!.ShouldContain("does not open with this installation's key");
        var tested = await (await store.Secret.PostAsync($"/v1/tenant/webhooks/{broken}/test", null)).BodyAsync();
        tested.GetProperty("error").GetString()!.ShouldContain("does not open with this installation's key");
        own.Server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://hooks.example/in")]
    [InlineData("https://127.0.0.1/in")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/in")]
    [InlineData("https://[::ffff:10.0.0.1]/in")]
    [InlineData("https://user:word@hooks.example/in")]
    [InlineData("ftp://hooks.example/in")]
    [InlineData("https://2130706433/in")]
    public async Task Url_ThatIsNotPublicHttps_IsRefused(string url)
    {
        await using var own = new OwnServer();
        var store = await own.OpenStoreAsync();
        using var answer = await store.Secret.PostAsync("/v1/tenant/webhooks", GatewayServer.Json(new { url, events = Opened }));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Name_ThatLeadsToAPrivateAddress_IsNotConnectedTo()
    {
        await using var own = new OwnServer();
        var store = await own.OpenStoreAsync();
        var (id, _) = await AddAsync(store, "https://localhost/in", "conversation.opened");
        var tested = await (await store.Secret.PostAsync($"/v1/tenant/webhooks/{id}/test", null)).BodyAsync();
        tested.GetProperty("delivered").GetBoolean().ShouldBeFalse();
        tested.GetProperty("error").GetString()!.ShouldContain("private address");
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    public void Addresses_InsideNetworks_AreNotPublic(string address, bool isPublic) => PublicAddresses.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    private static async Task<(string Id, string Secret)> AddAsync(Store store, string url, params string[] events)
    {
        using var answer = await store.Secret.PostAsync("/v1/tenant/webhooks", GatewayServer.Json(new { url, events }));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var body = await answer.BodyAsync();
        return (body.GetProperty("id").GetString()!, body.GetProperty("secret").GetString()!);
    }

    private static async Task<List<JsonElement>> DeliveriesAsync(Store store, string webhook) =>
        [.. (await store.Secret.GetJsonAsync($"/v1/tenant/webhooks/{webhook}/deliveries")).GetProperty("deliveries").EnumerateArray()];

    private static async Task AskAsync(Store store, string conversation)
    {
        var shopper = await store.ShopperAsync();
        (await shopper.PostAsync($"/v1/shopper/conversations/{conversation}/messages", GatewayServer.Json(new { clientId = "message-1", text = "my secret words" }))).EnsureSuccessStatusCode();
    }
}
