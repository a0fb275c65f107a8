using System.Text.Json;
using System.Text.Json.Nodes;
using SmartService.Backoffice.Members;

namespace SmartService.Backoffice.Webhooks;

/// <summary>Deliveries as they begin.</summary>
public static class WebhookDeliveries
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };

    public static Delivery Make(string tenant, string hook, string name, DateTimeOffset at, JsonObject data, DateTimeOffset now)
    {
        var id = "dlv-" + Secret.NewId();
        var body = new JsonObject { ["id"] = id, ["event"] = name, ["at"] = at, ["tenant"] = tenant, ["data"] = data };
        return new(id, tenant, hook, name, now, body.ToJsonString(Plain), DeliveryState.Waiting, 0, null, null, now);
    }
}
