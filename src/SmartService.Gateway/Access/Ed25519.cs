using System.Numerics;
using System.Security.Cryptography;

namespace SmartService.Gateway.Access;

/// <summary>
/// Verifies Ed25519 signatures (RFC 8032, section 5.1.7). .NET 10 has no Ed25519 of its own. Only verifying is here: it
/// handles nothing secret, so it need not run in constant time. Signatures have one valid form: S under the group's
/// order, the public key canonical, and [S]B = R + [k]A without the cofactor.
/// </summary>
internal static class Ed25519
{
    public const int PublicKeyBytes = 32;
    public const int SignatureBytes = 64;

    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether 32 bytes are a usable public key: a point of the curve that is not of small order.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != PublicKeyBytes || Ed25519Point.Decode(key) is not { } point)
        {
            return false;
        }

        Span<byte> eightfold = stackalloc byte[32];
        Span<byte> neutral = stackalloc byte[32];
        point.Doubled().Doubled().Doubled().Encode(eightfold);
        Ed25519Point.Neutral.Encode(neutral);
        return !eightfold.SequenceEqual(neutral);
    }

    /// <returns>False for a wrong signature, and for keys and signatures of a wrong length or form.</returns>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeyBytes || signature.Length != SignatureBytes || Ed25519Point.Decode(publicKey) is not { } key)
        {
            return false;
        }

        var s = signature[32..];
        if (new BigInteger(s, isUnsigned: true) >= Order)
        {
            return false;
        }

        Span<byte> k = stackalloc byte[32];
        Challenge(signature[..32], publicKey, message, k);
        Span<byte> r = stackalloc byte[32];
        Ed25519Point.Combine(s, k, key.Negated()).Encode(r);
        return r.SequenceEqual(signature[..32]);
    }

    /// <summary>SHA-512(R ‖ A ‖ M) modulo the group's order.</summary>
    private static void Challenge(ReadOnlySpan<byte> r, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> scalar)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(r);
        hash.AppendData(key);
        hash.AppendData(message);
        Span<byte> digest = stackalloc byte[64];
        hash.GetHashAndReset(digest);
        var reduced = new BigInteger(digest, isUnsigned: true) % Order;
        scalar.Clear();
        reduced.TryWriteBytes(scalar, out _, isUnsigned: true);
    }
}
