namespace SmartService.Drills.Shoppers;

/// <summary>What shoppers ask, in three languages. "{0}" is a product's name.</summary>
internal static class Phrases
{
    private static readonly Dictionary<string, string[]> Questions = new()
    {
        ["en"] =
        [
            "Where is my order?", "How long does delivery take?", "Can I return {0} if I opened it?", "Is {0} in stock in size M?",
            "My coupon does not work, what can I do?", "Which payment methods do you take?", "When will {0} be shipped?",
            "I was charged twice, please help", "Do you ship {0} abroad?", "How do I change the address of my order?",
            "The parcel has not moved for three days", "Is there a warranty on {0}?", "thanks!", "hello??", "Can I get an invoice for {0}?",
        ],
        ["ko"] =
        [
            "제 주문은 어디쯤 왔나요?", "배송은 얼마나 걸리나요?", "{0} 개봉했는데 반품되나요?", "{0} M 사이즈 재고 있나요?", "쿠폰이 적용이 안 돼요",
            "결제 수단은 뭐가 있나요?", "{0} 언제 발송되나요?", "두 번 결제됐어요 확인해 주세요", "{0} 해외 배송 가능한가요?", "배송지 변경하고 싶어요",
            "택배가 3일째 안 움직여요", "{0} 보증 기간이 어떻게 되나요?", "감사합니다", "여보세요??", "{0} 세금계산서 발급되나요?",
        ],
        ["zh"] =
        [
            "我的订单到哪了？", "多久能送到？", "{0} 拆开了还能退吗？", "{0} M 码有货吗？", "优惠券用不了怎么办", "支持哪些付款方式？",
            "{0} 什么时候发货？", "我被扣了两次款", "{0} 可以寄到国外吗？", "怎么修改收货地址？", "快递三天没动了", "{0} 保修多久？", "谢谢", "在吗？？", "{0} 能开发票吗？",
        ],
    };

    private static readonly string[] Products =
        ["Trail shoe", "Rain jacket", "Thermos bottle", "Desk lamp", "Wool socks", "Phone case", "Yoga mat", "Coffee grinder", "Backpack", "Headphones"];

    public static string Question(string locale, ref SeededChance chance, int product)
    {
        var list = Questions.GetValueOrDefault(locale) ?? Questions["en"];
        return list[chance.Below(list.Length)].Replace("{0}", Product(product), StringComparison.Ordinal);
    }

    public static string Product(int number) =>
        FormattableString.Invariant($"{Products[number % Products.Length]} {(number / Products.Length) + 1}");

    /// <summary>The questions and answers a drill's store has: what "answered" means must not depend on a demo.</summary>
    public static IReadOnlyList<(string Id, string Intent, string Locale, string Question, string Answer)> Knowledge { get; } =
    [
        ("en-1", "order.status", "en", "Where is my order?", "Your order page shows every step of it."),
        ("en-2", "delivery.time", "en", "How long does delivery take?", "Three working days."),
        ("en-3", "return.policy", "en", "Can I return an opened item?", "Yes, within 30 days."),
        ("en-4", "payment.method", "en", "Which payment methods do you take?", "Cards and bank transfer."),
        ("ko-1", "order.status", "ko", "제 주문은 어디쯤 왔나요?", "주문 페이지에서 모든 단계를 볼 수 있습니다."),
        ("ko-2", "delivery.time", "ko", "배송은 얼마나 걸리나요?", "영업일 기준 3일입니다."),
        ("ko-3", "return.policy", "ko", "개봉한 상품도 반품되나요?", "네, 30일 이내에 가능합니다."),
        ("ko-4", "payment.method", "ko", "결제 수단은 뭐가 있나요?", "카드와 계좌이체가 가능합니다."),
        ("zh-1", "order.status", "zh", "我的订单到哪了？", "订单页面会显示每一步。"),
        ("zh-2", "delivery.time", "zh", "多久能送到？", "三个工作日。"),
        ("zh-3", "return.policy", "zh", "拆开的商品能退吗？", "可以，30 天之内。"),
        ("zh-4", "payment.method", "zh", "支持哪些付款方式？", "银行卡和转账。"),
    ];
}
