using Microsoft.IdentityModel.Tokens;

namespace SmartService.Gateway.Access;

/// <summary>An Ed25519 public key in the form the JWT library takes.</summary>
internal sealed class Ed25519SecurityKey : AsymmetricSecurityKey
{
    public Ed25519SecurityKey(byte[] publicKey)
    {
        PublicKey = publicKey;
        CryptoProviderFactory = new CryptoProviderFactory { CustomCryptoProvider = new Ed25519Provider(), CacheSignatureProviders = false };
    }

    public byte[] PublicKey { get; }

    public override int KeySize => 256;

    [Obsolete("The library's own member is obsolete.")]
    public override bool HasPrivateKey => false;

    public override PrivateKeyStatus PrivateKeyStatus => PrivateKeyStatus.DoesNotExist;

    /// <summary>Tells the JWT library how to check "EdDSA", which it does not know.</summary>
    private sealed class Ed25519Provider : ICryptoProvider
    {
        public bool IsSupportedAlgorithm(string algorithm, params object[] args) =>
            algorithm == MerchantTokens.EdDsa && args is [Ed25519SecurityKey, ..];

        public object Create(string algorithm, params object[] args) => new Ed25519Verifier((Ed25519SecurityKey)args[0], algorithm);

        public void Release(object cryptoInstance) => (cryptoInstance as IDisposable)?.Dispose();
    }

    private sealed class Ed25519Verifier(Ed25519SecurityKey key, string algorithm) : SignatureProvider(key, algorithm)
    {
        public override byte[] Sign(byte[] input) => throw new NotSupportedException("Only verifies.");

        public override bool Verify(byte[] input, byte[] signature) => Ed25519.Verify(key.PublicKey, input, signature);

        public override bool Verify(byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength) =>
            Ed25519.Verify(key.PublicKey, input.AsSpan(inputOffset, inputLength), signature.AsSpan(signatureOffset, signatureLength));

        protected override void Dispose(bool disposing)
        {
        }
    }
}
