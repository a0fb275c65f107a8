using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>Builds an index from a tenant's items; from an earlier one of the same model, by what has changed since.</summary>
internal sealed partial class KnowledgeIndexBuilder(IUnderstanding understanding, ILogger<KnowledgeIndexBuilder> logger)
{
    private const int TextsPerBatch = 256;

    public async Task<KnowledgeIndex> BuildAsync(TenantId tenant, ImmutableDictionary<string, Item> items, KnowledgeIndex? former, CancellationToken ct)
    {
        var model = understanding.ModelName;
        return former is { IsEmbedded: true } && former.Model == model && await ChangeAsync(tenant, items, former, ct) is { } changed
            ? changed
            : await BuildAsync(tenant, items, model, ct);
    }

    /// <returns>Null when what changed could not be embedded: then all is built, to be found by words.</returns>
    private async Task<KnowledgeIndex?> ChangeAsync(TenantId tenant, ImmutableDictionary<string, Item> items, KnowledgeIndex former, CancellationToken ct)
    {
        var changed = former.ChangedIn(items).ToLookup(item => item.Live.Retired);
        var saved = changed[false].Where(item => former.Find(item.Id.Value)?.IsOf(item.Live) != true).Select(IndexedItem.Of).ToArray();
        return await EmbedAsync(tenant, saved, ct)
            ? former.With(items, saved, [.. changed[true].Select(item => item.Id.Value), .. former.MissingIn(items)])
            : null;
    }

    private async Task<KnowledgeIndex> BuildAsync(TenantId tenant, ImmutableDictionary<string, Item> items, string model, CancellationToken ct)
    {
        var indexed = items.Values.Where(item => !item.Live.Retired).Select(IndexedItem.Of).ToArray();
        var isEmbedded = await EmbedAsync(tenant, indexed, ct);
        return KnowledgeIndex.Of(items, indexed, model, isEmbedded);
    }

    private async Task<bool> EmbedAsync(TenantId tenant, IndexedItem[] items, CancellationToken ct)
    {
        try
        {
            var vectors = new List<float[]>();
            foreach (var texts in items.SelectMany(item => item.Phrasings).Chunk(TextsPerBatch))
            {
                vectors.AddRange(await understanding.EmbedAsync(tenant, texts, ct));
            }

            if (vectors.Exists(vector => !Vectors.AreNumbers(vector)))
            {
                throw new UnderstandingException("The model gave an embedding that is not a number.");
            }

            var at = 0;
            foreach (var item in items)
            {
                item.Embed(vectors.GetRange(at, item.Phrasings.Length));
                at += item.Phrasings.Length;
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever broke in the model, words still find the items.
            LogNotEmbedded(tenant.Value, e);
            return false;
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "Items of {Tenant} could not be embedded; they are found by words only until the model works again")]
    private partial void LogNotEmbedded(string tenant, Exception e);
}
