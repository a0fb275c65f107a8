using Microsoft.Extensions.Logging;

namespace SmartService.Backoffice.Members;

/// <summary>Something a member should get by mail.</summary>
/// <param name="Token">The secret part of the link.</param>
public sealed record MemberMail(string To, LinkKind Kind, string Token, DateTimeOffset ExpiresAt, string? Tenant);

/// <summary>Sends links to members. Who makes a link is shown it in any case.</summary>
public interface IMailer
{
    ValueTask SendAsync(MemberMail mail, CancellationToken ct);
}

/// <summary>There is no mail server: the operator's log says that there is something to hand on, never the link itself.</summary>
public sealed partial class OperatorLogMailer(ILogger<OperatorLogMailer> log) : IMailer
{
    public ValueTask SendAsync(MemberMail mail, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        Waiting(mail.Kind, mail.ExpiresAt);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(6011, LogLevel.Information, "No mail is sent: a link ({Kind}, until {ExpiresAt}) is to be handed on by who made it")]
    private partial void Waiting(LinkKind kind, DateTimeOffset expiresAt);
}
