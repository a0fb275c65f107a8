using SmartService.Backoffice.Webhooks;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Backoffice;

/// <summary>Secrets of webhooks, kept like those of signing keys: encrypted with the installation's key, bound to store and webhook.</summary>
internal sealed class WebhookSecrets(SigningSecrets secrets) : IWebhookSecrets
{
    public (string Stored, string Shown) Make(TenantId tenant, string hook) => secrets.Make(tenant, "webhook/" + hook);

    public byte[] Open(TenantId tenant, Webhook hook) => secrets.Open(tenant, "webhook/" + hook.Id, hook.Secret);
}
