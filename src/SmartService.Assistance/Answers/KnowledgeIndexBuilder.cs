using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>Builds an index from a tenant's items, taking over what an earlier one has of the same versions.</summary>
internal sealed partial class KnowledgeIndexBuilder(IUnderstanding understanding, ILogger<KnowledgeIndexBuilder> logger)
{
    private const int TextsPerBatch = 256;

    public async Task<KnowledgeIndex> BuildAsync(TenantId tenant, ImmutableDictionary<string, Item> items, KnowledgeIndex? former, CancellationToken ct)
    {
        var model = understanding.ModelName;
        var reusable = former is { IsEmbedded: true } && former.Model == model ? former : null;
        var indexed = items.Values
            .Where(item => !item.Live.Retired)
            .Select(item => reusable?.Find(item.Id.Value) is { } known && known.IsOf(item.Live) ? known : IndexedItem.Of(item))
            .ToArray();
        var isEmbedded = await EmbedAsync(tenant, [.. indexed.Where(item => item.Vectors.Length == 0)], ct);
        return new(items, indexed, model, isEmbedded);
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

            var at = 0;
            foreach (var item in items)
            {
                item.Embed(vectors.GetRange(at, item.Phrasings.Length));
                at += item.Phrasings.Length;
            }

            return true;
        }
        catch (UnderstandingException e)
        {
            LogNotEmbedded(tenant.Value, e);
            return false;
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "Items of {Tenant} could not be embedded; they are found by words only until the model works again")]
    private partial void LogNotEmbedded(string tenant, Exception e);
}
