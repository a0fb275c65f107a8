using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartService.Intent.Onnx;

internal static class MetadataJson
{
    /// <summary>NaN is written as a word: a figure that could not be measured is not zero.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
