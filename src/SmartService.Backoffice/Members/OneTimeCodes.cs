using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SmartService.Backoffice.Members;

/// <summary>Time-based one-time codes: RFC 6238 with SHA-1, 30 s and six digits, as authenticator apps have them.</summary>
public static class OneTimeCodes
{
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step whose code this is, among the present one and its neighbours; null when none.</summary>
    public static long? Match(string key, string code, DateTimeOffset now)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        var secret = Decode(key);
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.ASCII.GetBytes(Compute(secret, step)), System.Text.Encoding.UTF8.GetBytes(digits)))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>What an app shows at that time.</summary>
    public static string At(string key, DateTimeOffset time) => Compute(Decode(key), time.ToUnixTimeSeconds() / StepSeconds);

    public static string Uri(string store, string mail, string key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(store)}:{System.Uri.EscapeDataString(mail)}?secret={key}&issuer={System.Uri.EscapeDataString(store)}&digits=6&period=30";

    private static string Compute(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238's default, and the only one every app knows; HMAC does not need collision resistance.
        HMACSHA1.HashData(key, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string key)
    {
        var bytes = new List<byte>(key.Length * 5 / 8);
        var (bits, value) = (0, 0);
        foreach (var letter in key)
        {
            var digit = Base32.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if (digit < 0)
            {
                continue;
            }

            (value, bits) = (((value << 5) | digit) & 0xfff, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(value >> bits));
            }
        }

        return [.. bytes];
    }
}
