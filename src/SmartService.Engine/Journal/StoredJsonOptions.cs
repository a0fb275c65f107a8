using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SmartService.Domain;

namespace SmartService.Engine.Journal;

/// <summary>How stored JSON is written: short, readable in any script, ids and enums as strings.</summary>
public static class StoredJsonOptions
{
    /// <summary>Text stays as it is: it is stored, not put into a page.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Options over the types of one source-generated context.</summary>
    public static JsonSerializerOptions For(IJsonTypeInfoResolver types)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = Encoder,
            TypeInfoResolver = types,
            Converters =
            {
                new TextIdConverter<TenantId>(text => new(text), id => id.Value),
                new TextIdConverter<CustomerId>(text => new(text), id => id.Value),
                new TextIdConverter<ConversationId>(text => new(text), id => id.Value),
                new TextIdConverter<OrderId>(text => new(text), id => id.Value),
                new TextIdConverter<ItemId>(text => new(text), id => id.Value),
                new TextIdConverter<PopupId>(text => new(text), id => id.Value),
                new TextIdConverter<IntentId>(text => new(text), id => id.Value),
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                new ImmutableArrayConverterFactory(),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}
