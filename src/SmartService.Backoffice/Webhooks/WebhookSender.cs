using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Domain.Tenants;

namespace SmartService.Backoffice.Webhooks;

/// <param name="Status">What the receiver answered.</param>
/// <param name="Error">Why nothing was delivered.</param>
public sealed record SendResult(bool Delivered, int? Status, string? Error, long Milliseconds);

/// <summary>Sends one delivery, signed. Follows no redirects, and connects only to addresses it has looked at itself.</summary>
public sealed class WebhookSender : IDisposable
{
    private readonly IWebhookSecrets _secrets;
    private readonly ConsoleOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public WebhookSender(IWebhookSecrets secrets, IOptions<ConsoleOptions> options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_secrets, _options, _clock) = (secrets, options.Value, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = _options.WebhookTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 32,
            ConnectCallback = ConnectAsync,
        };
        _http = new(handler) { Timeout = _options.WebhookTimeout };
    }

    /// <summary>Null when the address may be used; else why not.</summary>
    public string? Fault(string? url)
    {
        if (url is not { Length: <= 500 } || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return "https://host/path, without a user and a fragment, at most 500 characters";
        }

        if (_options.WebhooksToPrivate)
        {
            return null;
        }

        return uri.Scheme != "https" ? "https only"
            : IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address) && !PublicAddresses.IsPublic(address) ? "not a private address"
            : null;
    }

    /// <summary>"v1=" and the HMAC-SHA256, hexadecimal, of time, '.' and body.</summary>
    public static string Sign(ReadOnlySpan<byte> secret, long timestamp, string body) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}.{body}"))));

    public async Task<SendResult> SendAsync(TenantId tenant, Webhook hook, string delivery, string body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(hook);
        var began = Stopwatch.GetTimestamp();
        if (Fault(hook.Url) is { } fault)
        {
            return new(false, null, "The address may not be used: " + fault, 0);
        }

        try
        {
            using var request = Request(hook.Url, _secrets.Open(tenant, hook), delivery, body);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var status = (int)answer.StatusCode;
            var error = answer.IsSuccessStatusCode ? null : status is >= 300 and < 400 ? "The receiver redirects; redirects are not followed." : "The receiver did not take it.";
            return new(error is null, status, error, Elapsed(began));
        }
        catch (CryptographicException)
        {
            return new(false, null, "The webhook's secret does not open with this installation's key: restore the key, or make the webhook anew.", Elapsed(began));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(false, null, e is OperationCanceledException ? "The receiver took too long." : Reason(e), Elapsed(began));
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string url, byte[] secret, string delivery, string body)
    {
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } },
        };
        request.Headers.Add("X-SmartService-Delivery", delivery);
        request.Headers.Add("X-SmartService-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-SmartService-Signature", Sign(secret, timestamp, body));
        request.Headers.UserAgent.ParseAdd("SmartService-Webhooks/1");
        return request;
    }

    /// <summary>The name is resolved here and the very address that was looked at is connected to: a name that answers differently the second time gains nothing.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var allowed = _options.WebhooksToPrivate ? addresses : [.. addresses.Where(PublicAddresses.IsPublic)];
        if (allowed.Length == 0 || allowed.Length < addresses.Length)
        {
            throw new HttpRequestException("The name leads to a private address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Reason(Exception e)
    {
        var message = (e.InnerException as HttpRequestException ?? e).Message.ReplaceLineEndings(" ");
        return message.Length <= 200 ? message : message[..200];
    }

    private static long Elapsed(long began) => (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}
