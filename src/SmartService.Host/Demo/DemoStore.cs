using System.Text.Json;
using System.Text.Json.Nodes;
using SmartService.Domain;

namespace SmartService.Host.Demo;

/// <summary>One demonstration store as its files describe it.</summary>
/// <param name="Store">store.json as it is: the pages read it.</param>
/// <param name="Knowledge">qna.json with links that lead into this store's pages.</param>
internal sealed record DemoStore(TenantId Tenant, JsonNode Store, JsonArray Knowledge, IReadOnlyList<DemoSituation> Situations)
{
    public string Name => Text("name");

    public string Locale => Text("locale");

    public string Currency => Text("currency");

    /// <summary>Where the storefront's pages are.</summary>
    public string Path => $"/demo/{Tenant.Value}";

    public string Text(string field) => Store[field]!.GetValue<string>();

    public JsonNode? Product(string id) => Store["products"]!.AsArray().FirstOrDefault(p => p!["id"]!.GetValue<string>() == id);

    /// <exception cref="InvalidDataException">A file is missing or not what it should be; the message names it.</exception>
    public static IReadOnlyList<DemoStore> LoadAll(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(Load)];

    private static DemoStore Load(string folder)
    {
        try
        {
            var store = Read(folder, "store.json");
            var tenant = new TenantId(store["tenant"]!.GetValue<string>());
            var situations = Read(folder, "situations.json")["situations"].Deserialize<List<DemoSituation>>(DemoJson.Options)!;
            return new(tenant, store, WithLinks(Read(folder, "qna.json").AsArray(), $"/demo/{tenant.Value}"), situations);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or IOException)
        {
            throw new InvalidDataException($"The demo store in {folder} cannot be read: {e.Message}", e);
        }
    }

    private static JsonNode Read(string folder, string file) => JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(folder, file)))!;

    private static JsonArray WithLinks(JsonArray items, string path)
    {
        foreach (var action in items.SelectMany(item => item!["actions"]?.AsArray() ?? []))
        {
            if (action!["url"]?.GetValue<string>() is { } url && url.StartsWith('/'))
            {
                action["url"] = path + url;
            }
        }

        return items;
    }
}
