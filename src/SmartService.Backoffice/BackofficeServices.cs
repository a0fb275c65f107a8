using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SmartService.Backoffice.Audit;
using SmartService.Backoffice.Members;
using SmartService.Backoffice.Webhooks;
using SmartService.Engine;

namespace SmartService.Backoffice;

public static class BackofficeServices
{
    /// <summary>Members, their sessions and the audit log, in members.db unless a <see cref="MembersDatabase"/> was added before. The caller binds <see cref="ConsoleOptions"/>.</summary>
    public static IServiceCollection AddBackoffice(this IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MembersDatabase, SqliteMembers>();
        services.AddDbContext<MembersContext>((provider, context) => provider.GetRequiredService<MembersDatabase>().Configure(context));
        services.AddIdentityCore<Member>(o =>
        {
            o.User.RequireUniqueEmail = true;
            o.User.AllowedUserNameCharacters = ""; // mail addresses; their form is checked where they come in
        }).AddUserStore<MemberStore>();
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<ConsoleOptions>>((hasher, console) => hasher.IterationCount = console.Value.PasswordRounds);
        services.AddScoped<Proof>();
        services.AddScoped<Sessions>();
        services.AddScoped<Links>();
        services.AddScoped<Team>();
        services.AddScoped<Account>();
        services.AddScoped<SeenMarks>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<WebhookOutbox>();
        services.TryAddSingleton<IMailer, OperatorLogMailer>();
        return services;
    }

    /// <summary>Follows the journal and tells webhooks. Needs an engine and <see cref="IWebhookSecrets"/> besides.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<IJournalFollower, WebhookFollower>();
        services.AddHostedService<WebhookDispatcher>();
        return services;
    }
}
