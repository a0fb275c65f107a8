namespace SmartService.Gateway.Faults;

/// <summary>Problems that are not an entity's refusal.</summary>
internal static class Problems
{
    public static Problem NotFound(string what = "No such resource") =>
        new(404, "not_found", "Not found", $"{what}, or it is not yours. Check the id.");

    public static Problem Unauthorized { get; } =
        new(401, "unauthorized", "Credential missing or not valid", "Send a live key or token as \"Authorization: Bearer …\". Shopper tokens expire: open a new session.");

    public static Problem Forbidden { get; } =
        new(403, "forbidden", "This credential may not do that", "The API description says which key this call takes.");

    public static Problem Csrf { get; } =
        new(403, "csrf", "Not sent by a page of this server", "Calls with the session's cookie that change something need the header X-Console: 1 and this server's own Origin.");

    public static Problem OriginNotAllowed(string origin) =>
        new(403, "origin_not_allowed", "This page may not call this store", $"Add {origin} to the store's origins (PUT /v1/tenant/origins).");

    public static Problem Invalid(string detail, params Fault[] faults) =>
        new(400, "invalid", "The request is not valid", detail) { Errors = faults.Length == 0 ? null : faults };

    public static Problem TooLarge(long limitBytes) =>
        new(413, "too_large", "The body is too large", $"This call takes at most {limitBytes:N0} bytes. Send it in parts.");

    public static Problem RateLimited(string what, TimeSpan retryAfter) =>
        new(429, "rate_limited", "Too many requests", $"The limit for this {what} is reached. Wait as long as Retry-After says.") { RetryAfter = retryAfter };

    public static Problem Busy(TimeSpan retryAfter) =>
        new(503, "busy", "Busy", "A queue is full; nothing was done. Send the same request again after Retry-After.") { RetryAfter = retryAfter };

    public static Problem Unavailable(string detail) =>
        new(503, "unavailable", "Not available now", detail) { RetryAfter = TimeSpan.FromSeconds(2) };

    public static Problem Quarantined(TimeSpan retryAfter) =>
        new(503, "quarantined", "Left alone for a while", "This one has failed again and again; others are not affected. Nothing was done. The log says why.") { RetryAfter = retryAfter };

    public static Problem Unexpected { get; } =
        new(500, "unexpected", "Something broke here", "Not the request's fault. The log has more under this traceId.");

    /// <summary>For answers that routing or the server made without a body.</summary>
    public static Problem ForStatus(int status) => status switch
    {
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound(),
        405 => new(405, "method_not_allowed", "Method not allowed", "The Allow header names the methods of this address."),
        406 => new(406, "not_acceptable", "Not acceptable", "This call answers another media type."),
        408 => new(408, "timeout", "The request came too slowly", "Send it again."),
        413 => new(413, "too_large", "The body is too large", "Send it in parts."),
        415 => new(415, "unsupported_media_type", "Unsupported media type", "Send application/json in UTF-8."),
        503 => Unavailable("Try again."),
        _ => new(status, status < 500 ? "invalid" : "unexpected", "The request failed", "Check the address and the method."),
    };
}
