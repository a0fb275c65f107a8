using System.Collections.Immutable;
using System.Globalization;

namespace SmartService.Benchmarks.Questions;

/// <summary>Questions as shoppers put them, in Korean, Chinese and English: many wordings of the same topics, with names and numbers in them.</summary>
internal static class QuestionTexts
{
    public static readonly ImmutableArray<string> Languages = ["ko", "zh", "en"];

    public static readonly ImmutableArray<string> Intents =
    [
        "order.status", "delivery.time", "delivery.fee", "refund.status", "return.request", "product.size", "promo.coupon", "order.cancel", "product.stock", "exchange.request",
        "payment.failed", "account.login", "invoice.request", "promo.points", "product.authenticity", "order.address_change", "payment.installment", "service.warranty", "order.damaged", "delivery.overseas",
    ];

    private static readonly string[][] Topics =
    [
        [
            "주문한 상품이 어디쯤 왔나요", "배송은 며칠 걸리나요", "배송비는 얼마인가요", "환불은 언제 들어오나요", "반품하고 싶어요", "사이즈가 어떻게 되나요", "쿠폰이 적용되지 않아요", "주문을 취소하고 싶어요", "재입고 언제 되나요", "교환 가능한가요",
            "결제가 자꾸 실패해요", "로그인이 안 됩니다", "세금계산서 발행해 주세요", "적립금은 어떻게 쓰나요", "정품인가요", "배송지를 바꾸고 싶어요", "무이자 할부 되나요", "보증 수리는 어떻게 받나요", "상품이 파손되어 왔어요", "해외 배송 되나요",
        ],
        [
            "我的订单到哪里了", "快递几天能到", "运费是多少", "退款什么时候到账", "我想退货", "尺码怎么选", "优惠券用不了", "我要取消订单", "什么时候补货", "可以换货吗",
            "付款一直失败", "登录不上去", "麻烦开一下发票", "积分怎么用", "是正品吗", "想改收货地址", "可以分期付款吗", "保修怎么办理", "收到的东西坏了", "可以寄到国外吗",
        ],
        [
            "Where is my order", "How long does delivery take", "How much is shipping", "When will my refund arrive", "I want to return this", "Which size fits me", "My coupon does not work", "Please cancel my order", "When will it be back in stock", "Can I exchange it",
            "My payment keeps failing", "I cannot log in", "I need an invoice", "How do I use my points", "Is it genuine", "Change my delivery address", "Can I pay in instalments", "How does the warranty work", "It arrived damaged", "Do you ship abroad",
        ],
    ];

    private static readonly string[][] Products =
    [
        ["무선 이어폰", "겨울 패딩", "러닝화", "커피 머신", "가습기", "전기 주전자", "캠핑 의자", "니트 스웨터", "블루투스 스피커", "수분 크림", "책상 조명", "여행 가방"],
        ["无线耳机", "羽绒服", "跑步鞋", "咖啡机", "加湿器", "电热水壶", "露营椅", "毛衣", "蓝牙音箱", "保湿霜", "台灯", "行李箱"],
        ["wireless earbuds", "winter parka", "running shoes", "coffee machine", "humidifier", "kettle", "camping chair", "knit sweater", "bluetooth speaker", "moisturiser", "desk lamp", "suitcase"],
    ];

    private static readonly string[][] Answers =
    [
        ["네, 확인했습니다. ", "안녕하세요. ", "문의 주셔서 감사합니다. "], ["您好，", "已经为您查询，", "感谢您的咨询，"], ["Yes: ", "Thank you for asking. ", "We looked it up. "],
    ];

    /// <param name="chance">0 or more; different numbers, different wording.</param>
    public static string Question(int language, int topic, int chance)
    {
        var product = Products[language][chance % 12];
        var order = string.Create(CultureInfo.InvariantCulture, $"NP-{chance % 100_000:00000}");
        return (chance / 12 % 4) switch
        {
            0 => $"{Topics[language][topic]}?",
            1 => $"{product}: {Topics[language][topic]}?",
            2 => $"{Topics[language][topic]}? {order}",
            _ => $"{order} {product}, {Topics[language][topic]}",
        };
    }

    public static string Answer(int language, int topic) => Answers[language][topic % 3] + Topics[language][topic] + " — " + Products[language][topic % 12] + ".";
}
