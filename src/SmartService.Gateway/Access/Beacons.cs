using System.Text;
using System.Text.Json;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Access;

/// <summary>Marks a route that takes <c>navigator.sendBeacon</c>: text/plain with the token in the body.</summary>
internal sealed class TakesBeacons;

/// <summary>A body already read to find its token.</summary>
internal sealed record BeaconBody(ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Reads credentials of beacons. A browser sends them without a preflight and without headers of ours, also while the page
/// goes away; the token in the body is the whole credential, so another site's page can send nothing in a shopper's name.
/// </summary>
internal static class Beacons
{
    /// <summary>What browsers send at most in a beacon.</summary>
    public const int MaxBytes = 64 * 1024;

    public static async ValueTask<string?> TokenAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesBeacons>() is null || !HttpMethods.IsPost(context.Request.Method))
        {
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > MaxBytes)
        {
            throw new ProblemException(Problems.TooLarge(MaxBytes));
        }

        var bytes = buffer.AsMemory(0, length);
        context.Features.Set(new BeaconBody(bytes));
        return Token(bytes.Span);
    }

    /// <summary>The top-level "token"; null when there is none or the body is no JSON (which is then said when it is read).</summary>
    private static string? Token(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("token"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }

        return null;
    }
}
