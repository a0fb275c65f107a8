using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartService.Engine.Journal;

/// <summary>Makes converters for immutable arrays that survive arrays never set: those are null in JSON and come back as such.</summary>
internal sealed class ImmutableArrayConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(ImmutableArrayConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}
