using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmartService.Backoffice.Audit;

public enum ActorKind
{
    Member = 0, Key = 1, Admin = 2, Operator = 3, System = 4,
}

/// <param name="Id">A member's or key's id; no secret.</param>
public sealed record Actor(ActorKind Kind, string Id, string? Name = null);

/// <summary>What is to be written.</summary>
/// <param name="Action">"policy.change"</param>
/// <param name="Target">"item/returns-1"</param>
/// <param name="Summary">JSON with what changed; never a secret.</param>
public sealed record AuditEntry(string Tenant, Actor Actor, string Action, string? Target = null, string? Summary = null, string? Address = null);

/// <summary>One record as written. Its hash covers the former one's, so that none can be changed, left out or put in between.</summary>
public sealed record AuditRecord(
    string Tenant, long Number, DateTimeOffset At, Actor Actor, string Action, string? Target, string? Summary, string? Address, string Previous, string Hash)
{
    public static string First { get; } = new('0', 64);

    // Letters of all scripts as they are: an exported file can be checked with any JSON library that escapes only what it must.
    private static readonly JsonWriterOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>SHA-256 of the former hash, a newline and the record as a JSON array without white space.</summary>
    public string ComputeHash()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        buffer.Write(Encoding.ASCII.GetBytes(Previous));
        buffer.Write("\n"u8);
        using (var json = new Utf8JsonWriter(buffer, Canonical))
        {
            json.WriteStartArray();
            json.WriteStringValue(Tenant);
            json.WriteNumberValue(Number);
            json.WriteStringValue(Text(At));
            json.WriteStringValue(Word(Actor.Kind));
            json.WriteStringValue(Actor.Id);
            json.WriteStringValue(Actor.Name);
            json.WriteStringValue(Action);
            json.WriteStringValue(Target);
            json.WriteStringValue(Summary);
            json.WriteStringValue(Address);
            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>Milliseconds are kept: "2026-11-22T08:00:00.000Z".</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static string Word(ActorKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
