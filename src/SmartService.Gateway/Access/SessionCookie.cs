namespace SmartService.Gateway.Access;

/// <summary>
/// The cookie of a signed-in member. Over https its name has the prefix "__Host-": browsers then take it only from this very
/// host, with Secure and for all paths (RFC 6265bis, section 4.1.3.2). Never read by scripts, never sent from other sites' pages.
/// </summary>
internal static class SessionCookie
{
    private const string Plain = "smartservice";
    private const string Guarded = "__Host-" + Plain;

    public static string? Read(HttpContext context) => context.Request.Cookies[Name(context)];

    public static void Write(HttpContext context, string value, DateTimeOffset expiresAt) =>
        context.Response.Cookies.Append(Name(context), value, Options(context, expiresAt));

    public static void Drop(HttpContext context) => context.Response.Cookies.Delete(Name(context), Options(context, null));

    private static string Name(HttpContext context) => context.Request.IsHttps ? Guarded : Plain;

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Expires = expiresAt,
        IsEssential = true,
    };
}
