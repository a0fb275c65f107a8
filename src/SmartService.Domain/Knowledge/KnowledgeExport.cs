using System.Collections.Immutable;

namespace SmartService.Domain.Knowledge;

/// <summary>A tenant's live items in the form an import takes, so that what goes out can come back in.</summary>
public static class KnowledgeExport
{
    /// <summary>All items that answer, by id; retired ones are left out.</summary>
    public static ImmutableArray<ImportedItem> From(KnowledgeState state) =>
    [
        .. state.Items.Values
            .Where(item => !item.Live.Retired)
            .OrderBy(item => item.Id.Value, StringComparer.Ordinal)
            .Select(item => new ImportedItem(item.Id, item.Live.Content)),
    ];
}
