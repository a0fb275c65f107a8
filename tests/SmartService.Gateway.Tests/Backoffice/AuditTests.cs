using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Members;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

[Collection(SharedServer.Name)]
public class AuditTests(GatewayServer server)
{
    [Fact]
    public async Task Policy_Changed_IsRecordedWithBeforeAndAfterAndWhoDidIt()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Manager);
        (await person.Browser.PutAsync("/v1/tenant/policy", new { messagesPerMinute = 7 })).EnsureSuccessStatusCode();
        var record = (await ListAsync(store, "?action=policy.change")).Single();
        record.GetProperty("actor").GetProperty("kind").GetString().ShouldBe("member");
        record.GetProperty("actor").GetProperty("id").GetString().ShouldBe(person.Id);
        record.GetProperty("summary").GetProperty("before").GetProperty("messagesPerMinute").GetInt32().ShouldBe(30);
        record.GetProperty("summary").GetProperty("after").GetProperty("messagesPerMinute").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Refused_IsNotRecordedAsDone()
    {
        var store = await server.OpenStoreAsync();
        (await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { messagesPerMinute = 0 }))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await store.Secret.DeleteAsync("/v1/tenant/keys/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ListAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Secrets_NeverStandInTheLog()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Owner);
        var key = (await (await person.Browser.PostAsync("/v1/tenant/keys", new { scope = "secret" })).BodyAsync()).GetProperty("key").GetString()!;
        var signing = (await (await person.Browser.PostAsync("/v1/tenant/signing-keys", new { id = "k1", algorithm = "HS256" })).BodyAsync()).GetProperty("secret").GetString()!;
        await person.Browser.PutAsync("/v1/me/password", new { password = Browser.Password, next = "another long password 2" });
        var totp = (await (await person.Browser.PostAsync("/v1/me/second-factor", new { password = "another long password 2" })).BodyAsync()).GetProperty("key").GetString()!;
        var log = await store.Secret.GetStringAsync("/v1/audit.jsonl");
        log.ShouldContain("key.add");
        log.ShouldContain("signing_key.add");
        foreach (var secret in new[] { key, signing, totp, Browser.Password, "another long password 2", person.Browser.Cookie!.Split('=')[1] })
        {
            log.ShouldNotContain(secret);
        }
    }

    [Theory]
    [InlineData("UPDATE audit SET action = 'nothing.happened' WHERE tenant = $t AND number = 2", 2)]
    [InlineData("UPDATE audit SET summary = '{}' WHERE tenant = $t AND number = 3", 3)]
    [InlineData("DELETE FROM audit WHERE tenant = $t AND number = 2", 3)]
    [InlineData("UPDATE audit SET actor = 'somebody' WHERE tenant = $t AND number = 1", 1)]
    public async Task Chain_TamperedWith_IsFoundAtTheRecord(string tamper, long brokenAt)
    {
        var store = await server.OpenStoreAsync();
        for (var i = 0; i < 4; i++)
        {
            (await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { messagesPerMinute = 10 + i }))).EnsureSuccessStatusCode();
        }

        var whole = await store.Secret.GetJsonAsync("/v1/audit/verify");
        whole.GetProperty("valid").GetBoolean().ShouldBeTrue();
        whole.GetProperty("records").GetInt64().ShouldBe(4);

        await using var connection = (SqliteConnection)await server.Services.GetRequiredService<MembersDatabase>().OpenAsync(CancellationToken.None);
        Should.Throw<SqliteException>(() => Run(connection, tamper, store.Id)).Message.ShouldContain("append-only");

        // Who holds the file can take the triggers away; the chain still tells.
        await using var transaction = connection.BeginTransaction();
        Run(connection, "DROP TRIGGER audit_stays; DROP TRIGGER audit_kept", store.Id);
        Run(connection, tamper, store.Id);
        Run(connection, SmartService.Backoffice.Audit.AuditTables.Create, store.Id);
        await transaction.CommitAsync();
        var broken = await store.Secret.GetJsonAsync("/v1/audit/verify");
        broken.GetProperty("valid").GetBoolean().ShouldBeFalse();
        broken.GetProperty("brokenAt").GetInt64().ShouldBe(brokenAt);
    }

    [Fact]
    public async Task Log_WrittenFromManyAtOnce_StaysOneChain()
    {
        var store = await server.OpenStoreAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { messagesPerMinute = 10 + i }))));
        var verdict = await store.Secret.GetJsonAsync("/v1/audit/verify");
        verdict.GetProperty("valid").GetBoolean().ShouldBeTrue();
        verdict.GetProperty("records").GetInt64().ShouldBe(20);
    }

    [Fact]
    public async Task List_PagesAndFilters()
    {
        var store = await server.OpenStoreAsync();
        for (var i = 0; i < 5; i++)
        {
            await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { messagesPerMinute = 10 + i }));
        }

        await store.Secret.PutAsync("/v1/knowledge/items/item-1", GatewayServer.Json(new { question = "Q?", answer = "A.", locale = "en" }));
        var first = await store.Secret.GetJsonAsync("/v1/audit?limit=2");
        first.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("number").GetInt64()).ShouldBe([6, 5]);
        var second = await store.Secret.GetJsonAsync($"/v1/audit?limit=2&cursor={first.GetProperty("next").GetString()}");
        second.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("number").GetInt64()).ShouldBe([4, 3]);
        (await ListAsync(store, "?action=item")).Single().GetProperty("target").GetString().ShouldBe("item/item-1");
        (await ListAsync(store, "?text=ITEM-1")).Count.ShouldBe(1);
        (await store.Secret.GetStringAsync("/v1/audit.csv?action=policy.change")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(6);
        (await (await server.OpenStoreAsync()).Secret.GetJsonAsync("/v1/audit")).GetProperty("records").GetArrayLength().ShouldBe(0, "another store has its own log");
    }

    [Fact]
    public async Task SignIn_RightAndWrong_IsRecorded()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Reader);
        await new Browser(server).SignInAsync(person.Mail, "wrong wrong wrong");
        await new Browser(server).SignInAsync(person.Mail);
        (await ListAsync(store, "?action=session")).Select(r => r.GetProperty("action").GetString()).ShouldBe(["session.start", "session.refused", "session.start"]);
    }

    private static async Task<List<JsonElement>> ListAsync(Store store, string query = "") =>
        [.. (await store.Secret.GetJsonAsync("/v1/audit" + query)).GetProperty("records").EnumerateArray()];

    private static void Run(SqliteConnection connection, string sql, string tenant)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$t", tenant);
        command.ExecuteNonQuery();
    }
}
