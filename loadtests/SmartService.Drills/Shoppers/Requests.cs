using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmartService.Drills.Stores;
using SmartService.Drills.Wire;

namespace SmartService.Drills.Shoppers;

/// <summary>What one step sends, whoever sends it.</summary>
/// <param name="Token">Sent as a bearer token.</param>
internal readonly record struct StepRequest(string Method, string Path, string Token, string? Body);

/// <summary>Turns steps into requests: the scenarios of all drills, known to no load generator.</summary>
/// <param name="noisyFrom">The first journey of the noisy merchant.</param>
internal sealed class Requests(Drill drill, int noisyFrom, Store store)
{
    private const string Agent = "Drill agent";
    private static readonly string[] Pages = ["home", "category", "product", "search", "cart", "checkout", "payment", "order", "tracking", "policy"];
    private static readonly JavaScriptEncoder AsBrowsersDo = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // JSON.stringify leaves letters as they are.
    private static readonly SearchValues<char> NotAsTheyAre = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(i => (char)i).Where(c => char.IsControl(c) || c is '"' or '\\')]);
    private readonly Zipf _products = new(drill.Store.Products, drill.Store.Zipf);

    public Shopper ShopperOf(int journey) => store.Shoppers[store.ShopperOf(drill, journey, journey >= noisyFrom)];

    public string TextOf(int journey, int turn)
    {
        var chance = SeededChance.Of(drill.Seed, ((long)journey << 8) | (uint)turn, purpose: 5);
        return Phrases.Question(ShopperOf(journey).Locale, ref chance, _products.Pick(ref chance));
    }

    /// <summary>A question as the bytes that <see cref="For"/> and <see cref="HttpBytes"/> make of it, without garbage: it is what a drill sends most.</summary>
    public ReadOnlySpan<byte> QuestionBytes(Step step, RequestBuffer buffer)
    {
        var shopper = ShopperOf(step.Journey);
        buffer.Begin();
        buffer.Add("{\"clientId\":\"m"u8).Add(store.Run).AddHex(step.Journey, 8).AddHex(step.Turn, 2).Add("\",\"text\":\""u8);
        var text = TextOf(step.Journey, step.Turn);
        buffer.Add(InJson(text));
        buffer.Add("\",\"locale\":\""u8).Add(shopper.Locale).Add("\"}"u8);
        buffer.EndBody();
        return buffer.Add("POST /v1/shopper/conversations/d"u8).Add(store.Run).AddHex(step.Journey, 8)
            .Add("/messages HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer "u8).Add(shopper.Token)
            .Add("\r\nContent-Type: application/json\r\nContent-Length: "u8).AddBodyLength().Add("\r\n\r\n"u8).AddBody();
    }

    public StepRequest For(in Step step)
    {
        if (step.Kind == StepKind.Import)
        {
            return Import(step.Journey);
        }

        var shopper = ShopperOf(step.Journey);
        var merchant = store.Merchants[shopper.Merchant];
        var conversation = store.Conversation(step.Journey);
        return step.Kind switch
        {
            StepKind.Visit => new("POST", "/v1/shopper/visits", shopper.Token, Visit(step)),
            StepKind.Ask => new("POST", $"/v1/shopper/conversations/{conversation}/messages", shopper.Token, Json(
                ("clientId", store.ClientId(step.Journey, step.Turn)), ("text", TextOf(step.Journey, step.Turn)), ("locale", shopper.Locale))),
            StepKind.Return => new("POST", "/v1/shopper/sessions", merchant.PublishableKey, Json(("token", shopper.Token), ("locale", shopper.Locale))),
            StepKind.Person => new("POST", $"/v1/shopper/conversations/{conversation}/person", shopper.Token, Json(("operationId", $"p{conversation}"))),
            StepKind.Join => new("POST", $"/v1/conversations/{conversation}/join", merchant.AgentKey, Json(("agent", Agent))),
            StepKind.Reply => new("POST", $"/v1/conversations/{conversation}/messages", merchant.AgentKey, Json(
                ("clientId", store.ClientId(step.Journey, step.Turn)), ("agent", Agent), ("text", "I am looking into it for you."))),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "This step sends nothing."),
        };
    }

    /// <summary>A popup that came to a shopper is clicked.</summary>
    public static StepRequest Click(Shopper shopper, string popup) =>
        new("POST", $"/v1/shopper/popups/{popup}", shopper.Token, Json(("outcome", "opened")));

    public StepRequest ReadBack(int journey) => new("GET", $"/v1/shopper/conversations/{store.Conversation(journey)}", ShopperOf(journey).Token, null);

    /// <summary>As it stands between quotes; most texts stand there as they are.</summary>
    internal static string InJson(string text) => text.AsSpan().ContainsAny(NotAsTheyAre) ? JsonEncodedText.Encode(text, AsBrowsersDo).Value : text;

    private string Visit(in Step step)
    {
        var chance = SeededChance.Of(drill.Seed, ((long)step.Journey << 8) | step.Turn, purpose: 6);
        var visit = VisitOf(ref chance, FormattableString.Invariant($"v{store.Run}{step.Journey:x8}{step.Turn:x2}"), FormattableString.Invariant($"s{store.Run}{step.Journey:x8}"));
        return $"{{\"visits\":[{{{visit}}}]}}";
    }

    private StepRequest Import(int number)
    {
        var chance = SeededChance.Of(drill.Seed, number, purpose: 7);
        var at = chance.Below(store.NoisyFrom);
        var merchant = store.Shoppers[at].Merchant;
        var lines = new StringBuilder();
        for (var line = 0; line < drill.Merchants!.Lines; line++)
        {
            var id = FormattableString.Invariant($"b{store.Run}{number:x6}{line:x4}");
            var customer = FormattableString.Invariant($"c{store.Run}{chance.Below(1_000):x4}");
            lines.Append("{\"customer\":\"").Append(customer).Append("\",").Append(VisitOf(ref chance, id, "s" + id)).Append("}\n");
        }

        return new("POST", "/v1/visits/bulk", store.Merchants[merchant].SecretKey, lines.ToString());
    }

    private string VisitOf(ref SeededChance chance, string id, string session)
    {
        var page = Pages[chance.Below(Pages.Length)];
        var error = page is "checkout" or "payment" && chance.Happens(0.3) ? ",\"error\":\"payment_declined\"" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\"id\":\"{id}\",\"session\":\"{session}\",\"at\":\"{DateTimeOffset.UtcNow:O}\",\"page\":\"{page}\",\"subject\":\"p{_products.Pick(ref chance)}\",\"dwellSeconds\":{5 + chance.Below(60)}{error}");
    }

    private static string Json(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in fields)
        {
            json.Append(json.Length > 1 ? ",\"" : "\"").Append(name).Append("\":\"").Append(JsonEncodedText.Encode(value, AsBrowsersDo)).Append('"');
        }

        return json.Append('}').ToString();
    }
}
