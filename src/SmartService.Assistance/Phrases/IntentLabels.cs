using System.Collections.Frozen;
using SmartService.Assistance.Answers;
using SmartService.Domain;

namespace SmartService.Assistance.Phrases;

/// <summary>Every shipped intent as the question a shopper would ask, for suggestions and for asking back.</summary>
public static class IntentLabels
{
    private static readonly FrozenDictionary<string, Localized> Labels = new Dictionary<string, Localized>(StringComparer.Ordinal)
    {
        ["order.status"] = new("제 주문은 지금 어디쯤 왔나요?", "我的包裹到哪里了？", "Where is my order?"),
        ["order.delay"] = new("배송이 왜 늦어지나요?", "我的包裹为什么还没到？", "Why is my parcel late?"),
        ["order.not_received"] = new("배송 완료인데 물건을 못 받았어요.", "显示已签收，但我没收到货", "It says delivered, but I don't have it."),
        ["order.change"] = new("주문한 상품의 옵션을 바꿀 수 있나요?", "下单后可以改颜色或数量吗？", "Can I change an order I placed?"),
        ["order.cancel"] = new("주문을 취소하고 싶어요.", "我想取消订单", "How do I cancel my order?"),
        ["order.address_change"] = new("배송지를 변경할 수 있나요?", "可以修改收货地址吗？", "Can I change the delivery address?"),
        ["order.wrong_item"] = new("다른 상품이 왔어요.", "收到的商品发错了", "I received the wrong item."),
        ["order.missing_item"] = new("상품이 일부 빠져서 왔어요.", "包裹里少了东西", "Something is missing from my parcel."),
        ["order.damaged"] = new("상품이 파손되어 도착했어요.", "收到的商品有破损", "My item arrived damaged."),
        ["payment.failed"] = new("결제가 안 돼요.", "付款一直失败怎么办？", "Why did my payment fail?"),
        ["payment.method"] = new("어떤 결제 수단을 쓸 수 있나요?", "支持哪些付款方式？", "Which payment methods can I use?"),
        ["payment.duplicate_charge"] = new("결제가 두 번 됐어요.", "我被重复扣款了", "I was charged twice."),
        ["payment.installment"] = new("무이자 할부가 되나요?", "可以分期付款吗？", "Can I pay in instalments?"),
        ["invoice.request"] = new("영수증이나 세금계산서를 받을 수 있나요?", "可以开发票吗？", "How do I get an invoice?"),
        ["refund.request"] = new("환불하고 싶어요.", "我想退款", "How do I get a refund?"),
        ["refund.status"] = new("환불은 언제 되나요?", "退款什么时候到账？", "When will my refund arrive?"),
        ["return.request"] = new("반품은 어떻게 신청하나요?", "怎么申请退货？", "How do I return an item?"),
        ["return.policy"] = new("반품 조건이 어떻게 되나요?", "退货政策是怎样的？", "What is your return policy?"),
        ["return.pickup"] = new("반품 수거는 언제 오나요?", "退货怎么安排取件？", "When will my return be picked up?"),
        ["exchange.request"] = new("다른 사이즈나 색상으로 교환할 수 있나요?", "可以换尺码或颜色吗？", "Can I exchange it for another size or colour?"),
        ["product.info"] = new("상품에 대해 자세히 알고 싶어요.", "想了解商品的详细信息", "Can you tell me more about this product?"),
        ["product.size"] = new("어떤 사이즈가 맞을까요?", "我应该选什么尺码？", "Which size fits me?"),
        ["product.stock"] = new("언제 다시 입고되나요?", "什么时候补货？", "When will it be back in stock?"),
        ["product.authenticity"] = new("정품인가요?", "是正品吗？", "Is it genuine?"),
        ["product.usage"] = new("사용 방법을 알려 주세요.", "怎么使用？", "How do I use it?"),
        ["product.recommend"] = new("어떤 상품을 추천하시나요?", "有什么推荐吗？", "Which one would you recommend?"),
        ["promo.coupon"] = new("쿠폰이 적용되지 않아요.", "优惠券为什么用不了？", "Why doesn't my coupon work?"),
        ["promo.rules"] = new("행사 조건이 궁금해요.", "活动规则是什么？", "What are the rules of the promotion?"),
        ["promo.points"] = new("포인트는 어떻게 사용하나요?", "积分怎么使用？", "How do I use my points?"),
        ["promo.price_protection"] = new("구매 후 가격이 내려갔는데 차액을 돌려받을 수 있나요?", "买完降价了可以保价吗？", "The price dropped after I bought it. Can I get the difference?"),
        ["promo.gift"] = new("사은품은 어떻게 받나요?", "赠品怎么领取？", "How do I get the free gift?"),
        ["delivery.time"] = new("배송은 얼마나 걸리나요?", "多久能送到？", "How long does delivery take?"),
        ["delivery.fee"] = new("배송비는 얼마인가요?", "运费是多少？", "How much is shipping?"),
        ["delivery.overseas"] = new("해외나 도서산간 지역도 배송되나요?", "可以寄到海外吗？", "Do you ship abroad?"),
        ["account.login"] = new("로그인이 안 돼요.", "登录不了怎么办？", "I can't log in."),
        ["account.profile"] = new("회원 정보를 변경하고 싶어요.", "怎么修改个人信息？", "How do I change my details?"),
        ["account.delete"] = new("회원 탈퇴는 어떻게 하나요?", "怎么注销账号？", "How do I delete my account?"),
        ["account.tier"] = new("회원 등급 혜택이 궁금해요.", "会员等级有什么权益？", "What are the membership benefits?"),
        ["service.human"] = new("상담원과 이야기하고 싶어요.", "我想找人工客服", "I'd like to talk to a person."),
        ["service.complaint"] = new("불만을 접수하고 싶어요.", "我要投诉", "I'd like to make a complaint."),
        ["service.praise"] = new("칭찬을 전하고 싶어요.", "我想表扬一下", "I'd like to leave a compliment."),
        ["service.warranty"] = new("A/S나 수리는 어떻게 받나요?", "怎么保修或维修？", "How do I get a repair under warranty?"),
        ["service.hours"] = new("고객센터 운영 시간이 어떻게 되나요?", "客服几点上班？", "When can I reach customer service?"),
        ["chat.greeting"] = new("안녕하세요", "你好", "Hello"),
        ["chat.thanks"] = new("고마워요", "谢谢", "Thank you"),
        ["chat.goodbye"] = new("이만 갈게요", "再见", "Goodbye"),
        ["chat.bot_identity"] = new("챗봇인가요?", "你是机器人吗？", "Are you a bot?"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Asked most in shops of any kind: what fills a list of suggestions when nothing better is known.</summary>
    public static readonly IReadOnlyList<IntentId> Common =
    [
        new("order.status"), new("delivery.time"), new("return.policy"), new("delivery.fee"), new("payment.method"), new("promo.coupon"), new("service.hours"),
    ];

    /// <summary>All shipped intents but out_of_scope.</summary>
    public static IEnumerable<string> Known => Labels.Keys;

    /// <returns>Null for an intent of the tenant's own.</returns>
    public static string? Of(IntentId intent, string language) => Labels.TryGetValue(intent.Value, out var label) ? label.In(language) : null;

    /// <summary>Whether a shop would want it among questions to pick from: not small talk, not out of scope.</summary>
    public static bool IsQuestion(IntentId intent) =>
        intent != Intents.OutOfScope && intent != Intents.ServiceComplaint && intent != Intents.ServicePraise
        && !intent.Value.StartsWith("chat.", StringComparison.Ordinal);
}
