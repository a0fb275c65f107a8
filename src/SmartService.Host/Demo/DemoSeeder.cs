using System.Net;
using System.Text.Json.Nodes;
using SmartService.Assistance;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Members;

namespace SmartService.Host.Demo;

/// <summary>Opens the demo stores once the server listens: tenants, keys, questions and answers. Safe to run again.</summary>
internal sealed partial class DemoSeeder(
    DemoCatalog catalog, DemoKeys keys, DemoServer server, DemoOptions options, IAssistant assistant, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime,
    ILogger<DemoSeeder> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await server.WaitUntilListeningAsync(lifetime, stoppingToken))
        {
            return;
        }

        foreach (var store in catalog.Stores)
        {
            try
            {
                await OpenAsync(store, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is: a background service that ends takes the whole server with it.
                NotOpened(store.Tenant.Value, e.Message, e is DemoException or HttpRequestException ? null : e);
            }
        }
    }

    private async Task OpenAsync(DemoStore store, CancellationToken ct)
    {
        var known = keys.Of(store.Tenant.Value);
        if (known is null)
        {
            known = await CreateAsync(store, ct);
            keys.Keep(store.Tenant.Value, known);
        }

        if (!known.Filled)
        {
            using var items = new StringContent(store.Knowledge.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
            await server.Client.SendAsync(HttpMethod.Post, "/v1/knowledge/import?format=json", known.SecretKey, items, ct);
            keys.Keep(store.Tenant.Value, known with { Filled = true });
        }

        // The first question of a store builds its index: better now than when the first shopper waits for it.
        await assistant.RehearseAsync(store.Tenant, store.Knowledge[0]!["question"]!.GetValue<string>(), store.Locale, null, ct);
        catalog.Open(store.Tenant);
        Opened(store.Name, server.BaseAddress + store.Path.TrimStart('/'));
        await InviteOwnerAsync(store, ct);
    }

    /// <summary>Until somebody has come in as its owner, each start shows a link to do so. The former link ends.</summary>
    private async Task InviteOwnerAsync(DemoStore store, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var members = await scope.ServiceProvider.GetRequiredService<Team>().ListAsync(store.Tenant.Value, ct);
        if (members.All(m => m.Role != MemberRole.Owner))
        {
            var link = await scope.ServiceProvider.GetRequiredService<Links>()
                .InviteAsync($"owner@{store.Tenant.Value}.example", store.Tenant.Value, MemberRole.Owner, "demo", ct);
            OwnerInvited(store.Name, $"{server.BaseAddress}console/link#{link.Token}");
        }
    }

    private async Task<DemoTenantKeys> CreateAsync(DemoStore store, CancellationToken ct)
    {
        var admin = (await File.ReadAllTextAsync(Path.Combine(options.DataDirectory, "admin.key"), ct)).Trim();
        JsonNode made;
        try
        {
            made = (await server.Client.PostAsync(
                "/v1/tenants",
                admin,
                new
                {
                    Id = store.Tenant.Value,
                    store.Name,
                    store.Locale,
                    store.Currency,
                    TimeZone = store.Text("timeZone"),
                    Origins = Array.Empty<string>(),
                },
                ct))!;
        }
        catch (DemoException e) when (e.Status == HttpStatusCode.Conflict)
        {
            throw new DemoException(
                $"The tenant exists but its keys are not in {Path.Combine(options.DataDirectory, "demo.json")}. Put that file back, or start with --no-demo.",
                e.Status);
        }

        var secret = made["secretKey"]!.GetValue<string>();

        // A visitor of the demo wants to see popups; a real shop would rather be right nine times in ten.
        using var policy = new StringContent("""{ "popups": { "precision": 0.6 } }""", System.Text.Encoding.UTF8, "application/json");
        await server.Client.SendAsync(HttpMethod.Put, "/v1/tenant/policy", secret, policy, ct);
        var signing = await server.Client.PostAsync("/v1/tenant/signing-keys", secret, new { Id = "demo-pages", Algorithm = "HS256" }, ct);
        return new(
            secret, made["publishableKey"]!.GetValue<string>(), made["agentKey"]!.GetValue<string>(),
            "demo-pages", signing!["secret"]!.GetValue<string>(), Filled: false);
    }

    [LoggerMessage(5001, LogLevel.Information, "Demo store open: {Store} at {Address}")]
    private partial void Opened(string store, string address);

    [LoggerMessage(5003, LogLevel.Information, "Come in as owner of {Store}, once: {Link}")]
    private partial void OwnerInvited(string store, string link);

    [LoggerMessage(5002, LogLevel.Error, "Demo store {Store} did not open: {Reason}")]
    private partial void NotOpened(string store, string reason, Exception? exception);
}
