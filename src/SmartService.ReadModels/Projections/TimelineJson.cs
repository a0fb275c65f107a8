using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SmartService.Engine.Journal;

namespace SmartService.ReadModels.Projections;

/// <summary>An event's fields as JSON, written as the journal writes them.</summary>
internal static class TimelineJson
{
    private static readonly JsonSerializerOptions Options = StoredJsonOptions.For(new DefaultJsonTypeInfoResolver());

    public static string Of(object e) => JsonSerializer.Serialize(e, e.GetType(), Options);
}
