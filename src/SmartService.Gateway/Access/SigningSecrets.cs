using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SmartService.Domain;

namespace SmartService.Gateway.Access;

/// <summary>
/// Encrypts the HS256 secrets of merchants for the journal: AES-256-GCM under a key derived from the installation's, bound
/// to tenant and key id, so that a secret moved to another tenant's entry does not open. For any number of callers at once.
/// </summary>
internal sealed class SigningSecrets(InstallationKey installation)
{
    private const int RandomBytes = 32;
    private const int SecretBytes = 43; // base64url of them
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Not a cipher that is kept: one works for one caller at a time, and what two did at once was not to be opened again.</summary>
    private readonly byte[] _key = installation.Derive("signing-secrets");

    /// <summary>A new secret: what is stored, and the text the merchant is shown once. The text's bytes are the key, as JWT libraries take it.</summary>
    public (string Stored, string Shown) Make(TenantId tenant, string keyId)
    {
        var shown = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        var secret = Encoding.ASCII.GetBytes(shown);
        var stored = new byte[NonceBytes + SecretBytes + TagBytes];
        RandomNumberGenerator.Fill(stored.AsSpan(0, NonceBytes));
        using var cipher = Cipher();
        cipher.Encrypt(
            stored.AsSpan(0, NonceBytes), secret, stored.AsSpan(NonceBytes, SecretBytes), stored.AsSpan(NonceBytes + SecretBytes), Bound(tenant, keyId));
        return (Base64Url.EncodeToString(stored), shown);
    }

    /// <exception cref="CryptographicException">It was not encrypted by this installation for this key.</exception>
    public byte[] Open(TenantId tenant, string keyId, string stored)
    {
        if (!Base64Url.IsValid(stored, out var length) || length != NonceBytes + SecretBytes + TagBytes)
        {
            throw new CryptographicException("The stored signing secret has a wrong length.");
        }

        var bytes = Base64Url.DecodeFromChars(stored);
        var secret = new byte[SecretBytes];
        using var cipher = Cipher();
        cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, SecretBytes), bytes.AsSpan(NonceBytes + SecretBytes), secret, Bound(tenant, keyId));
        return secret;
    }

    private AesGcm Cipher() => new(_key, TagBytes);

    private static byte[] Bound(TenantId tenant, string keyId) => Encoding.UTF8.GetBytes($"{tenant.Value}/{keyId}");
}
