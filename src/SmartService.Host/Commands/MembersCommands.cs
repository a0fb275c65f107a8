using System.CommandLine;
using Microsoft.Extensions.Options;
using SmartService.Backoffice;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Audit;
using SmartService.Backoffice.Members;

namespace SmartService.Host.Commands;

/// <summary><c>members</c> and <c>audit</c>: who operates the server helps out, also while it runs.</summary>
internal static class MembersCommands
{
    private const string Operator = "operator";

    /// <param name="elsewhere">Adds the members of another executable, which keeps them in no folder; null for those of the data folder.</param>
    public static Command BuildMembers(Action<IServiceCollection>? elsewhere = null) =>
        new("members", "Invites people to a store's console, or lets them set a new password.") { BuildInvite(elsewhere), BuildReset(elsewhere) };

    public static Command BuildAudit(Action<IServiceCollection>? elsewhere = null) => new("audit", "The log of who did what in a store.") { BuildVerify(elsewhere) };

    private static Command BuildInvite(Action<IServiceCollection>? elsewhere)
    {
        var tenant = Tenant();
        var mail = new Option<string>("--mail") { Description = "Mail address of the person", Required = true, HelpName = "MAIL" };
        var role = new Option<MemberRole>("--role") { Description = "owner, manager, reviewer, agent, analyst or reader. Default owner", DefaultValueFactory = _ => MemberRole.Owner };
        var (url, data) = (Url(), SharedOptions.Data());
        var command = new Command("invite", "Makes an invitation; the link works once, for a week.") { tenant, mail, role, url, data };
        command.SetAction((parsed, ct) => RunAsync(elsewhere, parsed.GetValue(data), async services =>
        {
            var to = parsed.GetValue(mail)!;
            var link = await services.GetRequiredService<Links>().InviteAsync(to, parsed.GetValue(tenant)!, parsed.GetValue(role), Operator, ct);
            await NoteAsync(services, parsed.GetValue(tenant)!, "member.invite", $"invitation/{link.Id}", $"{{\"role\":\"{parsed.GetValue(role).ToString().ToLowerInvariant()}\"}}", ct);
            await ShowAsync(parsed.GetValue(url), link);
            return 0;
        }));
        return command;
    }

    private static Command BuildReset(Action<IServiceCollection>? elsewhere)
    {
        var mail = new Option<string>("--mail") { Description = "Mail address of the member", Required = true, HelpName = "MAIL" };
        var (url, data) = (Url(), SharedOptions.Data());
        var command = new Command("reset", "Makes a link to set a new password; it works once, for a day.") { mail, url, data };
        command.SetAction((parsed, ct) => RunAsync(elsewhere, parsed.GetValue(data), async services =>
        {
            var member = await services.GetRequiredService<Account>().FindByMailAsync(parsed.GetValue(mail)!)
                ?? throw new CommandException($"Nobody signs in as {parsed.GetValue(mail)}. Invite them: smart members invite.");
            var link = await services.GetRequiredService<Links>().ResetAsync(member, Operator, ct);
            foreach (var place in await services.GetRequiredService<Team>().PlacesAsync(member.Id, ct))
            {
                await NoteAsync(services, place.Tenant, "member.reset", $"member/{member.Id}", null, ct);
            }

            await ShowAsync(parsed.GetValue(url), link);
            return 0;
        }));
        return command;
    }

    private static Command BuildVerify(Action<IServiceCollection>? elsewhere)
    {
        var tenant = Tenant();
        var data = SharedOptions.Data();
        var command = new Command("verify", "Reads the whole chain and says whether a record was changed or taken out.") { tenant, data };
        command.SetAction((parsed, ct) => RunAsync(elsewhere, parsed.GetValue(data), async services =>
        {
            var verdict = await services.GetRequiredService<AuditLog>().VerifyAsync(parsed.GetValue(tenant)!, ct);
            await Console.Out.WriteLineAsync(verdict.BrokenAt is { } broken
                ? $"BROKEN at record {broken}: it, or one before it, was changed or taken out. {verdict.Records} records before it are whole."
                : $"Whole: {verdict.Records} records, head {verdict.Head ?? "none"}.");
            return verdict.IsValid ? 0 : 1;
        }));
        return command;
    }

    private static Task<int> RunAsync(Action<IServiceCollection>? elsewhere, string? data, Func<IServiceProvider, Task<int>> verb) => OneLine.GuardAsync(Console.Error, async () =>
    {
        var folder = Path.GetFullPath(data ?? "data");
        if (elsewhere is null && !Directory.Exists(folder))
        {
            throw new CommandException($"There is no data in {folder}. Name the data folder with --data DIR.");
        }

        var services = new ServiceCollection();
        services.AddSingleton(Options.Create(new ConsoleOptions { DataFolder = folder }));
        elsewhere?.Invoke(services);
        services.AddBackoffice();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        return await verb(scope.ServiceProvider);
    });

    private static Task<AuditRecord> NoteAsync(IServiceProvider services, string tenant, string action, string target, string? summary, CancellationToken ct) =>
        services.GetRequiredService<AuditLog>().AppendAsync(new(tenant, new(ActorKind.Operator, Operator), action, target, summary), ct);

    private static Task ShowAsync(string? url, MadeLink link) => Console.Out.WriteLineAsync(
        $"{(url ?? "http://localhost:8080").TrimEnd('/')}/console/link#{link.Token}\nWorks once, until {link.ExpiresAt:yyyy-MM-dd HH:mm} UTC. Hand it on yourself: no mail is sent.");

    private static Option<string> Tenant() => new("--tenant") { Description = "Id of the store", Required = true, HelpName = "TENANT" };

    private static Option<string?> Url() => new("--url") { Description = "Address of the server, as the person reaches it. Default http://localhost:8080", HelpName = "URL" };
}
