namespace SmartService.Intent.Prediction;

/// <summary>Recognises topics by words in Korean, Chinese and English.</summary>
internal static class PolicyTopics
{
    // The first that fits wins: "return shipping fee" is about returns, "size guide" about sizes.
    private static readonly (PolicyTopic Topic, string[] Words)[] Table =
    [
        (PolicyTopic.Overseas, ["oversea", "international", "customs", "해외", "통관", "海外", "国际", "关税"]),
        (PolicyTopic.Price, ["price-", "price_", "price protection", "price match", "가격", "차액", "价保", "保价", "差价"]),
        (PolicyTopic.Size, ["size", "fit", "measure", "사이즈", "치수", "尺码", "尺寸"]),
        (PolicyTopic.Refund, ["refund", "money-back", "환불", "退款"]),
        (PolicyTopic.Return, ["return", "exchange", "반품", "교환", "退货", "换货", "退换"]),
        (PolicyTopic.Coupon, ["coupon", "promo", "voucher", "discount", "쿠폰", "할인", "优惠", "折扣"]),
        (PolicyTopic.Points, ["point", "reward", "member", "loyalty", "tier", "적립", "포인트", "회원", "등급", "积分", "会员"]),
        (PolicyTopic.Payment, ["pay", "card", "instal", "결제", "할부", "카드", "支付", "付款", "分期"]),
        (PolicyTopic.Warranty, ["warrant", "repair", "service-center", "as-", "수리", "보증", "保修", "维修", "售后"]),
        (PolicyTopic.Gift, ["gift", "sample", "사은품", "증정", "赠品"]),
        (PolicyTopic.Delivery, ["deliver", "shipping", "ship", "parcel", "배송", "택배", "배달", "配送", "快递", "发货", "物流"]),
        (PolicyTopic.Account, ["account", "login", "password", "privacy", "계정", "로그인", "비밀번호", "账号", "账户", "登录"]),
    ];

    public static int Count { get; } = Enum.GetValues<PolicyTopic>().Length;

    public static PolicyTopic Of(string? subject)
    {
        if (string.IsNullOrEmpty(subject))
        {
            return PolicyTopic.None;
        }

        foreach (var (topic, words) in Table)
        {
            foreach (var word in words)
            {
                if (subject.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return topic;
                }
            }
        }

        return PolicyTopic.None;
    }
}
