using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartService.Host.Demo;

/// <summary>How the demo reads and writes JSON.</summary>
internal static class DemoJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
