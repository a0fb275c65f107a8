using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Tests.World;

/// <summary>Understands by a handful of words; embeds by hashed terms, so that like words are near.</summary>
internal sealed class KeywordUnderstanding : IUnderstanding
{
    private const int Dimensions = 64;

    private static readonly (string Word, IntentId Intent)[] Words =
    [
        ("where is my", Intents.OrderStatus), ("my order", Intents.OrderStatus), ("어디", Intents.OrderStatus), ("到哪", Intents.OrderStatus),
        ("late", Intents.OrderDelay), ("늦", Intents.OrderDelay), ("还没到", Intents.OrderDelay),
        ("refund", Intents.RefundStatus), ("환불", Intents.RefundStatus), ("退款", Intents.RefundStatus),
        ("delivery fee", new("delivery.fee")), ("shipping cost", new("delivery.fee")), ("배송비", new("delivery.fee")), ("运费", new("delivery.fee")),
        ("hello", Intents.Greeting), ("안녕", Intents.Greeting), ("你好", Intents.Greeting),
        ("a person", Intents.ServiceHuman), ("terrible", Intents.ServiceComplaint),
        ("instalment", new("payment.installment")), ("할부", new("payment.installment")), ("分期", new("payment.installment")),
        ("gift wrap", new("order.gift")), ("선물 포장", new("order.gift")), ("礼品包装", new("order.gift")),
        ("open on sunday", new("service.hours")), ("일요일에 영업", new("service.hours")), ("周日营业", new("service.hours")),
    ];

    public bool Fails { get; set; }

    /// <summary>What becomes of a message instead of a reading: thrown, or waited for in vain.</summary>
    public Func<MessageUnderstanding, ValueTask<MessageUnderstanding>>? Instead { get; set; }

    public int Calls { get; private set; }

    public string ModelName => "keywords@1";

    public ValueTask<MessageUnderstanding> UnderstandAsync(TenantId tenant, string text, CancellationToken ct)
    {
        Calls++;
        if (Fails)
        {
            throw new UnderstandingException("keywords.onnx: broken");
        }

        return Instead is { } instead ? instead(Read(text)) : new(Read(text));
    }

    public static MessageUnderstanding Read(string text)
    {
        var hit = Words.FirstOrDefault(word => text.Contains(word.Word, StringComparison.OrdinalIgnoreCase));
        var language = text.Any(c => c is >= '\uAC00' and <= '\uD7A3') ? "ko" : text.Any(c => c is >= '\u4E00' and <= '\u9FFF') ? "zh" : "en";
        return hit.Word is null
            ? new MessageUnderstanding([new(Intents.OutOfScope, 0.9f), new(new("product.info"), 0.04f)], 0.9f, Embed(text), language)
            : new MessageUnderstanding([new(hit.Intent, 0.9f), new(new("service.hours"), 0.05f)], 0.02f, Embed(text), language);
    }

    public ValueTask<float[][]> EmbedAsync(TenantId tenant, IReadOnlyList<string> texts, CancellationToken ct) =>
        Fails ? throw new UnderstandingException("keywords.onnx: broken") : new([.. texts.Select(Embed)]);

    private static float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        foreach (var term in Terms.Of(text))
        {
            vector[term % Dimensions]++;
        }

        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => length == 0 ? 0 : x / length)];
    }
}
