namespace SmartService.Intent.Prediction;

/// <summary>Recognises topics by words in Korean, Chinese and English.</summary>
internal static class PolicyTopics
{
    // The first that fits wins: "return shipping fee" is about returns, "size guide" about sizes.
    private static readonly (PolicyTopic Topic, string[] Words)[] Table =
    [
        (PolicyTopic.Overseas, ["oversea", "international", "customs", "해외", "통관", "海外", "国际", "关税"]),
        (PolicyTopic.Price, ["price-", "price_", "price protection", "price match", "가격", "차액", "价保", "保价", "差价"]),
        (PolicyTopic.Cancel, ["cancel", "취소", "取消"]),
        (PolicyTopic.Invoice, ["invoice", "receipt", "영수증", "계산서", "发票", "收据"]),
        (PolicyTopic.Installment, ["instal", "할부", "分期"]),
        (PolicyTopic.Privacy, ["privacy", "delete", "withdraw", "탈퇴", "개인정보", "注销", "隐私"]),
        (PolicyTopic.Login, ["login", "log-in", "sign-in", "password", "로그인", "비밀번호", "登录", "密码"]),
        (PolicyTopic.Tier, ["tier", "member", "등급", "멤버십", "等级", "会员"]),
        (PolicyTopic.Address, ["address", "주소", "地址"]),
        (PolicyTopic.Human, ["contact", "상담", "고객센터", "客服", "人工"]),
        (PolicyTopic.Size, ["size", "fit", "measure", "사이즈", "치수", "尺码", "尺寸"]),
        (PolicyTopic.Refund, ["refund", "money-back", "환불", "退款"]),
        (PolicyTopic.Return, ["return", "반품", "退货", "退换"]),
        (PolicyTopic.Exchange, ["exchange", "교환", "换货"]),
        (PolicyTopic.Coupon, ["coupon", "voucher", "쿠폰", "优惠券"]),
        (PolicyTopic.Rules, ["promo", "discount", "event", "campaign", "행사", "이벤트", "할인", "优惠", "折扣", "活动"]),
        (PolicyTopic.Points, ["point", "reward", "loyalty", "적립", "포인트", "积分"]),
        (PolicyTopic.Payment, ["pay", "card", "결제", "카드", "支付", "付款"]),
        (PolicyTopic.Warranty, ["warrant", "repair", "service-center", "as-", "수리", "보증", "保修", "维修", "售后"]),
        (PolicyTopic.Gift, ["gift", "sample", "사은품", "증정", "赠品"]),
        (PolicyTopic.Delivery, ["deliver", "shipping", "ship", "parcel", "배송", "택배", "배달", "配送", "快递", "发货", "物流"]),
        (PolicyTopic.Account, ["account", "profile", "회원", "계정", "账号", "账户"]),
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
