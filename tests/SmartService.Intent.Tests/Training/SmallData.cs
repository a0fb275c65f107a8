using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Training;

/// <summary>A few hundred made-up messages of three labels and out of scope: enough to see training work in a second.</summary>
internal static class SmallData
{
    private static readonly string[] Ends = ["", " please", " now", " today", " thanks", " quickly", " again", " for me", "?", " 주세요", " 谢谢"];

    private static readonly Dictionary<string, string[]> Starts = new()
    {
        ["order.status"] = ["where is my order", "track my parcel", "order status", "배송 조회", "我的快递到哪了"],
        ["order.cancel"] = ["cancel my order", "stop the order", "i want to cancel", "주문 취소", "取消订单"],
        ["refund.status"] = ["when is my refund", "refund not arrived", "money back when", "환불 언제", "退款什么时候到"],
        ["out_of_scope"] = ["weather in paris", "tell me a joke", "who won the match", "오늘 날씨", "讲个笑话"],
    };

    public static IReadOnlyList<LabelledText> Lines { get; } =
        [.. Starts.SelectMany(pair => pair.Value.SelectMany(start => Ends.Select(end => new LabelledText(start + end, pair.Key))))];

    public static IntentTrainerOptions Options { get; } = new()
    {
        Network = new() { BagSize = 17, HiddenSize = 32, Epochs = 8 },
    };
}
