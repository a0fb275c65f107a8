using System.Buffers.Text;
using System.Security.Cryptography;

namespace SmartService.Gateway.Web;

/// <summary>The console's one page. Each visit gets a nonce of its own, which the page's style elements carry.</summary>
internal sealed class ConsolePage(string file)
{
    private const string Placeholder = "%CSP_NONCE%";
    private const int NonceBytes = 18;

    /// <summary>
    /// The console runs its own files only, talks to its own host only and makes no markup out of text: its one Trusted Types policy
    /// (src/web/console/src/trust.ts) lets nothing through that has a "&lt;".
    /// </summary>
    /// <param name="style">What besides its own files may style it: a nonce, or nothing.</param>
    public static string Policy(string style = "") =>
        $"default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

    public async Task ServeAsync(HttpContext context)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        var page = await File.ReadAllTextAsync(file, context.RequestAborted);
        context.Response.Headers.ContentSecurityPolicy = Policy($" 'nonce-{nonce}'");

        // A stored page would bring a stored nonce back.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(page.Replace(Placeholder, nonce, StringComparison.Ordinal), context.RequestAborted);
    }
}
