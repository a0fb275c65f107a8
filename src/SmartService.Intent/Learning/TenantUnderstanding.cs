using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Intent.Learning;

/// <summary>Reads a tenant's messages with its own model where it has one, else with the shipped one.</summary>
/// <remarks>Embeddings are the shipped model's in either case: a swap makes no index of a tenant's Q&amp;A stale.</remarks>
internal sealed class TenantUnderstanding(OnnxUnderstanding shipped, ITenantModels models) : IUnderstanding
{
    public string ModelName => shipped.ModelName;

    public ValueTask<MessageUnderstanding> UnderstandAsync(TenantId tenant, string text, CancellationToken ct)
    {
        // Taken once: a swap while this message is read changes nothing for it.
        if (models.LiveOf(tenant) is not { } own)
        {
            return shipped.UnderstandAsync(tenant, text, ct);
        }

        ArgumentException.ThrowIfNullOrEmpty(text);
        return ct.IsCancellationRequested ? ValueTask.FromCanceled<MessageUnderstanding>(ct) : new(models.Understand(own, text));
    }

    public ValueTask<float[][]> EmbedAsync(TenantId tenant, IReadOnlyList<string> texts, CancellationToken ct) =>
        shipped.EmbedAsync(tenant, texts, ct);
}
