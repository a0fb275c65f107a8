using System.Globalization;
using System.Text;
using SmartService.Drills.Shoppers;

namespace SmartService.Drills.Wire;

/// <summary>Requests as bytes.</summary>
internal static class HttpBytes
{
    public static byte[] Of(in StepRequest request) => Encoding.UTF8.GetBytes(request.Body is { } body
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {request.Path} HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer {request.Token}\r\nContent-Type: {TypeOf(body)}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}")
        : $"{request.Method} {request.Path} HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer {request.Token}\r\n\r\n");

    public static byte[] OfStream(string token, long after) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"GET /v1/shopper/stream HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\nLast-Event-ID: {after}\r\n\r\n"));

    /// <summary>JSON lines end in a new line, a single document does not.</summary>
    private static string TypeOf(string body) => body.EndsWith('\n') ? "application/x-ndjson" : "application/json";
}
