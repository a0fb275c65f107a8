using System.Security.Cryptography;
using System.Text;

namespace SmartService.Gateway.Access;

/// <summary>
/// 256 random bits made at the first start and kept in the data folder (mode 0600). What the installation signs and
/// encrypts uses keys derived from it: whoever copies the data folder must copy it too.
/// </summary>
internal sealed class InstallationKey
{
    private const int KeyBytes = 32;
    private readonly byte[] _key;

    public InstallationKey(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes);
        _key = key;
    }

    /// <exception cref="SecretFileException">The file cannot be written or read, or holds something else.</exception>
    public static InstallationKey LoadOrCreate(string file)
    {
        var (text, _) = SecretFile.LoadOrCreate(file, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)));
        try
        {
            return new(Convert.FromHexString(text));
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            throw new SecretFileException($"{file} does not hold an installation key. Restore it from a backup.", e);
        }
    }

    /// <summary>A key for one purpose: HKDF-SHA256, RFC 5869.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, KeyBytes, salt: null, info: Encoding.UTF8.GetBytes("smartservice:" + purpose));
}
