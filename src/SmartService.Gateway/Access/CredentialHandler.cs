using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SmartService.Backoffice.Members;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Access;

/// <summary>Authenticates every kind of credential by its prefix, and members by their cookie; answers 401 and 403 as problems.</summary>
internal sealed class CredentialHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Credentials credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "SmartService";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        var credential = header.Count switch
        {
            0 => await Beacons.TokenAsync(Context),
            1 when header[0]!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => header[0]![Bearer.Length..].Trim(),
            _ => "",
        };

        if (credential is null)
        {
            return await CookieAsync();
        }

        var caller = credential.Length == 0 ? null : await credentials.RecogniseAsync(credential, Context.RequestAborted);
        return caller is null
            ? AuthenticateResult.Fail("Unknown, revoked or expired.")
            : AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName));
    }

    /// <summary>Only where no other credential was sent: a key is said on purpose, a cookie comes along by itself.</summary>
    private async Task<AuthenticateResult> CookieAsync()
    {
        if (SessionCookie.Read(Context) is not { } cookie)
        {
            return AuthenticateResult.NoResult();
        }

        var sessions = Context.RequestServices.GetRequiredService<Sessions>();
        return await sessions.FindAsync(cookie, Context.RequestAborted) is { } member
            ? AuthenticateResult.Success(new AuthenticationTicket(new Caller(member), SchemeName))
            : AuthenticateResult.Fail("Ended or revoked.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.Forbidden.ExecuteAsync(Context);
}
