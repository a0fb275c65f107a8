using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using SmartService.Backoffice;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Audit;
using SmartService.Backoffice.Members;
using SmartService.Backoffice.Postgres;
using SmartService.Backoffice.Postgres.Schema;
using SmartService.Backoffice.Webhooks;
using SmartService.Postgres.Contract;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>Several gateways, one set of members in PostgreSQL.</summary>
public sealed class SharedMembersTests : IAsyncLifetime
{
    private const string Tenant = "northpeak";
    private const string Password = "violet-harbour-93-lamp";
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly List<ServiceProvider> _gateways = [];
    private string _database = ""; // set before each test

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.CreateDatabaseAsync(MembersSchema.Migrations);
        for (var i = 1; i <= 2; i++)
        {
            _gateways.Add(Gateway($"gateway-{i}"));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        await TestPostgres.DropAsync(_database);
    }

    [Fact]
    public async Task Script_HasEveryTableAndColumnOfTheModel()
    {
        await using var scope = _gateways[0].CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<MembersContext>();
        var entities = context.Model.GetEntityTypes().ToList();
        entities.Count.ShouldBeGreaterThan(7);
        await using var connection = (NpgsqlConnection)await scope.ServiceProvider.GetRequiredService<MembersDatabase>().OpenAsync(CancellationToken.None);
        foreach (var entity in entities)
        {
            await using var command = new NpgsqlCommand("SELECT column_name || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END FROM information_schema.columns WHERE table_schema = 'members' AND table_name = $1", connection);
            command.Parameters.Add(new() { Value = entity.GetTableName()! });
            var columns = new List<string>();
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                columns.Add(rows.GetString(0));
            }

            columns.ShouldBe(entity.GetProperties().Select(p => p.GetColumnName() + (p.IsNullable ? "?" : "")), ignoreOrder: true, entity.GetTableName());
        }
    }

    [Fact]
    public async Task Member_WhoSignsInAtOneGateway_IsKnownAtTheOther_UntilTheSessionEnds()
    {
        var member = await JoinAsync("ada@shop.example", MemberRole.Owner);
        var opened = await AtAsync(0, s => s.GetRequiredService<Sessions>().OpenAsync(member, Tenant, new("192.0.2.1", "test"), CancellationToken.None));
        var known = await AtAsync(1, s => s.GetRequiredService<Sessions>().FindAsync(opened.Cookie, CancellationToken.None));
        known.ShouldNotBeNull().Role.ShouldBe(MemberRole.Owner);

        (await AtAsync(1, s => s.GetRequiredService<Sessions>().EndAsync(member, opened.Session, CancellationToken.None))).ShouldBeTrue();
        (await AtAsync(0, s => s.GetRequiredService<Sessions>().FindAsync(opened.Cookie, CancellationToken.None))).ShouldBeNull();
    }

    [Fact]
    public async Task Tries_AtBothGateways_CountTogether()
    {
        await JoinAsync("bob@shop.example", MemberRole.Agent);
        var faults = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AtAsync(i % 2, async s =>
            (await s.GetRequiredService<Proof>().CheckAsync("bob@shop.example", "not the password " + i, null, null, CancellationToken.None)).Fault)));
        faults.Count(f => f == ProofFault.Wrong).ShouldBe(5);
        faults.Count(f => f == ProofFault.Locked).ShouldBe(7);
    }

    [Fact]
    public async Task Link_RedeemedAtBothGatewaysAtOnce_WorksOnce()
    {
        var link = await AtAsync(0, s => s.GetRequiredService<Links>().InviteAsync("eve@shop.example", Tenant, MemberRole.Agent, "operator", CancellationToken.None));
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AtAsync(i % 2, s =>
            s.GetRequiredService<Links>().RedeemAsync(link.Token, Password, "Eve", null, null, null, CancellationToken.None))));
        results.Count(r => r.Fault is null).ShouldBe(1);
        (await AtAsync(1, s => s.GetRequiredService<Team>().ListAsync(Tenant, CancellationToken.None))).Count(c => c.Mail == "eve@shop.example").ShouldBe(1);
    }

    [Fact]
    public async Task Owners_WhoRemoveEachOtherAtOnce_LeaveOne()
    {
        var (first, second) = (await JoinAsync("one@shop.example", MemberRole.Owner), await JoinAsync("two@shop.example", MemberRole.Owner));
        var faults = await Task.WhenAll(
            AtAsync(0, s => s.GetRequiredService<Team>().RemoveAsync(Tenant, second, byOwner: true, CancellationToken.None)),
            AtAsync(1, s => s.GetRequiredService<Team>().RemoveAsync(Tenant, first, byOwner: true, CancellationToken.None)));
        faults.ShouldBe([null, TeamFault.LastOwner], ignoreOrder: true);
    }

    [Fact]
    public async Task AuditLog_WrittenFromBothGatewaysAtOnce_StaysOneChain()
    {
        // As many at once as a gateway has connections: who waits for one gives up after a time, and on a slow machine that would fail the test.
        var connections = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        await Task.WhenAll(Enumerable.Range(0, 2).Select(gateway => Parallel.ForEachAsync(Enumerable.Range(0, 30), connections, async (i, ct) => await AtAsync(gateway, s =>
            s.GetRequiredService<AuditLog>().AppendAsync(new(Tenant, new(ActorKind.Admin, "admin", "Ada"), "policy.change", $"item/{(2 * i) + gateway}", "50% off_"), ct)))));
        var verdict = await AtAsync(1, s => s.GetRequiredService<AuditLog>().VerifyAsync(Tenant, CancellationToken.None));
        verdict.IsValid.ShouldBeTrue();
        verdict.Records.ShouldBe(60);

        // The filter's texts stand for themselves, and those that are not asked for do not filter.
        (await ListAsync(new(Text: "0% OFF_"))).Count.ShouldBe(60);
        (await ListAsync(new(Text: "0%off"))).ShouldBeEmpty();
        (await ListAsync(new(Action: "policy", Target: "item/7"))).Count.ShouldBe(1);
        Task<IReadOnlyList<AuditRecord>> ListAsync(AuditFilter filter) =>
            AtAsync(0, s => s.GetRequiredService<AuditLog>().ListAsync(Tenant, filter, null, 100, CancellationToken.None));
    }

    [Theory]
    [InlineData("UPDATE audit SET action = 'nothing.happened'")]
    [InlineData("DELETE FROM audit")]
    [InlineData("TRUNCATE audit")]
    public async Task AuditLog_ChangedByHand_IsRefused(string sql)
    {
        await AtAsync(0, s => s.GetRequiredService<AuditLog>().AppendAsync(new(Tenant, new(ActorKind.Admin, "admin"), "policy.change"), CancellationToken.None));
        await using var connection = (NpgsqlConnection)await _gateways[0].GetRequiredService<MembersDatabase>().OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task Delivery_ClaimedByBothGateways_GoesToOne_AndToTheOtherOnlyWhenNothingWasNoted()
    {
        var outbox = _gateways.Select(g => g.GetRequiredService<WebhookOutbox>()).ToList();
        var all = Enumerable.Range(0, 40).Select(i => (new Delivery($"dlv-{i}", Tenant, "hook-1", "conversation.opened", Noon, "{}", DeliveryState.Waiting, 0, null, null, Noon), $"source-{i}")).ToList();
        await outbox[0].AddAsync(all, CancellationToken.None);
        await outbox[1].AddAsync(all.Select(d => (d.Item1 with { Id = d.Item1.Id + "-again" }, d.Item2)).ToList(), CancellationToken.None);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => outbox[i % 2].ClaimAsync(Noon, Noon.AddMinutes(2), 10, CancellationToken.None)));
        claimed.SelectMany(c => c).Select(d => d.Id).ShouldBe(all.Select(d => d.Item1.Id), ignoreOrder: true);

        await outbox[0].NoteAsync("dlv-0", DeliveryState.Delivered, 1, 200, null, null, CancellationToken.None);
        (await outbox[1].ClaimAsync(Noon.AddMinutes(1), Noon.AddMinutes(3), 100, CancellationToken.None)).ShouldBeEmpty();
        (await outbox[1].ClaimAsync(Noon.AddMinutes(2), Noon.AddMinutes(4), 100, CancellationToken.None)).Count.ShouldBe(39);

        // Whose claim ran out may be late with its word; what is over stays so.
        await outbox[1].NoteAsync("dlv-0", DeliveryState.Waiting, 1, 500, "late", Noon.AddMinutes(9), CancellationToken.None);
        (await outbox[0].ListAsync(Tenant, "hook-1", 0, 100, CancellationToken.None)).Single(d => d.Id == "dlv-0").State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task ReadingMark_OnlyMovesOn()
    {
        foreach (var upTo in new[] { 3, 7, 5 })
        {
            await AtAsync(upTo % 2, async s =>
            {
                await s.GetRequiredService<SeenMarks>().MarkAsync("member-1", Tenant, "conversation-1", upTo, CancellationToken.None);
                return 0;
            });
        }

        (await AtAsync(0, s => s.GetRequiredService<SeenMarks>().OfAsync("member-1", Tenant, ["conversation-1"], CancellationToken.None)))["conversation-1"].ShouldBe(7);
    }

    private ServiceProvider Gateway(string node)
    {
        var services = new ServiceCollection();
        services.AddSingleton(Options.Create(new ConsoleOptions { PasswordRounds = 1_000 }));
        services.AddPostgresMembers(_database, node);
        services.AddBackoffice();
        return services.BuildServiceProvider();
    }

    private async Task<string> JoinAsync(string mail, MemberRole role)
    {
        var link = await AtAsync(0, s => s.GetRequiredService<Links>().InviteAsync(mail, Tenant, role, "operator", CancellationToken.None));
        var result = await AtAsync(1, s => s.GetRequiredService<Links>().RedeemAsync(link.Token, Password, "Somebody", null, null, null, CancellationToken.None));
        return result.Member.ShouldNotBeNull(result.Detail).Id;
    }

    private async Task<T> AtAsync<T>(int gateway, Func<IServiceProvider, Task<T>> call)
    {
        await using var scope = _gateways[gateway].CreateAsyncScope();
        return await call(scope.ServiceProvider);
    }
}
