using System.Buffers;
using System.Buffers.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>Keys a merchant signs its shoppers' JWTs with; two may be live, for rotation.</summary>
internal static class SigningKeyEndpoints
{
    public static async Task<Ok<SigningKeyList>> ListAsync(Caller caller, ITenants tenants, CancellationToken ct)
    {
        var keys = (await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)).SigningKeys;
        return TypedResults.Ok(new SigningKeyList([.. keys.Select(k => new SigningKeyView(
            k.Id, k.Algorithm, k.Algorithm == MerchantTokens.EdDsa ? k.Material : null, k.CreatedAt, k.RevokedAt))]));
    }

    public static async Task<Results<Created<SigningKeyAnswer>, Problem>> AddAsync(
        HttpContext context, Caller caller, Body<SigningKeyRequest> body, ITenants tenants, SigningSecrets secrets, TimeProvider clock, CancellationToken ct)
    {
        var request = body.Value;
        Check(request);
        var (material, secret) = request.Algorithm == MerchantTokens.Hs256
            ? secrets.Make(caller.Tenant, request.Id!)
            : (request.PublicKey!, null);
        AuditNote.Of(context).About($"key/{request.Id}").With("algorithm", request.Algorithm);
        var key = new SigningKey(request.Id!, request.Algorithm!, material, clock.GetUtcNow());
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.AddSigningKey(key, clock.GetUtcNow()), ct);
        if (reply.Refusal is { } refusal)
        {
            return Refusals.ToProblem(refusal);
        }

        return reply.Events.IsDefaultOrEmpty
            ? new Problem(409, "conflict", "The id is taken", "A signing key of this id exists. Its secret was shown when it was made; choose another id.")
            : TypedResults.Created($"/v1/tenant/signing-keys/{key.Id}", new SigningKeyAnswer(key.Id, key.Algorithm, request.PublicKey, secret));
    }

    public static async Task<Results<NoContent, Problem>> RevokeAsync(string key, Caller caller, ITenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.RevokeSigningKey(key, clock.GetUtcNow()), ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.NoContent();
    }

    private static void Check(SigningKeyRequest request)
    {
        var checks = new Checks();
        checks.MerchantId("id", request.Id);
        checks.Must(request.Algorithm is MerchantTokens.Hs256 or MerchantTokens.EdDsa, "algorithm", "HS256 or EdDSA");
        if (request.Algorithm == MerchantTokens.EdDsa)
        {
            checks.Must(request.PublicKey is not null && IsPublicKey(request.PublicKey), "publicKey", "an Ed25519 public key: 32 bytes in base64url");
        }
        else
        {
            checks.Must(request.PublicKey is null, "publicKey", "only for EdDSA; the secret of HS256 is made here");
        }

        checks.ThrowIfAny();
    }

    private static bool IsPublicKey(string text)
    {
        Span<byte> bytes = stackalloc byte[Ed25519.PublicKeyBytes + 1];
        return text.Length is 43 or 44
            && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
            && Ed25519.IsPublicKey(bytes[..written]);
    }
}
