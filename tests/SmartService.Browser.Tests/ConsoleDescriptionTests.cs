using System.Reflection;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>The console's types come from the document it keeps; the running server must serve the same.</summary>
[Collection(InOwnStores.Name)]
public sealed class ConsoleDescriptionTests(Browser browser)
{
    private static string Stored => Path.Combine(
        typeof(ConsoleDescriptionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!, "src", "web", "console", "openapi.json");

    [Fact]
    public async Task OpenApi_Served_IsWhatTheConsoleIsBuiltFrom()
    {
        var served = Essence(JsonNode.Parse(await browser.Product.Http.GetStringAsync(new Uri(browser.Product.Address, "/openapi/v1.json")))!);
        var stored = JsonNode.Parse(await File.ReadAllTextAsync(Stored))!;
        foreach (var part in new[] { "paths", "schemas" })
        {
            var (now, then) = (Parts(served, part), Parts(stored, part));
            var different = now.Keys.Union(then.Keys).Where(name => now.GetValueOrDefault(name) != then.GetValueOrDefault(name)).Order(StringComparer.Ordinal);
            different.ShouldBeEmpty($"in src/web/console, run: node scripts/client.mjs <address of a server of this build>; {part} that differ");
        }
    }

    private static Dictionary<string, string> Parts(JsonNode document, string part) =>
        (part == "paths" ? document["paths"]! : document["components"]!["schemas"]!).AsObject().ToDictionary(p => p.Key, p => p.Value!.ToJsonString(), StringComparer.Ordinal);

    /// <summary>As scripts/client.mjs stores it: without the errors, which every call describes alike.</summary>
    private static JsonNode Essence(JsonNode document)
    {
        foreach (var call in document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()))
        {
            if (call.Value!["responses"] is JsonObject responses)
            {
                foreach (var error in responses.Select(r => r.Key).Where(status => !status.StartsWith('2')).ToArray())
                {
                    responses.Remove(error);
                }
            }
        }

        return document;
    }
}
