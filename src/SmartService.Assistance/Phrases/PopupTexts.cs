using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Customers;

namespace SmartService.Assistance.Phrases;

/// <summary>What stands above a popup's answer: what it is about, and why it came.</summary>
internal static class PopupTexts
{
    public static string Title(AnswerContext context, IntentId intent, OrderSummary? order)
    {
        var parcel = order?.Parcel is { Number.Length: > 0 } known ? known.Number : order?.Id.Value;
        Localized? title = intent switch
        {
            _ when order is not null && OrderIntents.Parcel.Contains(intent) => new($"배송 안내 · {parcel}", $"包裹 {parcel} 的最新进展", $"About your parcel {parcel}"),
            _ when order is not null && intent == Intents.RefundStatus => new($"환불 안내 · {order.Id}", $"订单 {order.Id} 的退款进度", $"Your refund for order {order.Id}"),
            _ when order is not null && intent == Intents.PaymentFailed => new($"결제 안내 · {order.Id}", $"订单 {order.Id} 的付款问题", $"Payment of order {order.Id}"),
            _ => null,
        };
        return title?.In(context.Language) ?? AnswerComposer.Label(context, intent) ?? new Localized("도움이 필요하신가요?", "需要帮助吗？", "Can we help?").In(context.Language);
    }

    /// <summary>The reason a shopper reads. A cause whose facts are not at hand is told without them.</summary>
    public static string Why(AnswerContext context, string cause, OrderSummary? order) => (cause switch
    {
        // A lost-looking parcel past its promise is told as late: the dates say more than the silence.
        "parcel_late" or "parcel_lost" when order is { Parcel: { PromisedAt: { } promised } parcel } && order.IsLate(context.Now) =>
            Late(context, order, parcel, promised),
        "parcel_late" => new("배송이 예정일보다 늦어지고 있어서 먼저 알려 드려요.", "因为您的包裹已超过预计送达时间。", "because your parcel is late"),
        "parcel_lost" when order is { Parcel: { LastSeenAt: { } seen, Number: { Length: > 0 } number } } => new(
            $"택배 {number}의 위치가 {context.Date(seen)} 이후로 갱신되지 않아서 알려 드려요.",
            $"因为您的包裹 {number} 自 {context.Date(seen)} 起没有物流更新。",
            $"because your parcel {number} has not been scanned since {context.Date(seen)}"),
        "parcel_lost" => new("택배 위치가 며칠째 갱신되지 않아서 알려 드려요.", "因为您的包裹好几天没有物流更新。", "because your parcel has not been scanned for days"),
        "order_on_its_way" when order is not null => new(
            $"주문 {order.Id}이(가) 진행 중이라 알려 드려요.", $"因为您的订单 {order.Id} 正在处理或配送中。", $"because your order {order.Id} is on its way"),
        "order_on_its_way" => new("진행 중인 주문이 있어서 알려 드려요.", "因为您有订单正在处理或配送中。", "because an order of yours is on its way"),
        "out_of_stock" => new("보시던 상품이 품절이라서 알려 드려요.", "因为您看的商品缺货了。", "because something you looked at is out of stock"),
        "cart_waiting" => new("장바구니에 상품이 있어서 도움이 될 것 같아요.", "因为您的购物车里有商品。", "because you have something in your cart"),
        "payment_failed_twice" => new("결제가 두 번 이상 실패해서 도와드리려고 해요.", "因为付款已多次失败，想帮您看看。", "because your payment failed more than once"),
        "payment_failed" => new("결제가 완료되지 않아서 도와드리려고 해요.", "因为付款没有成功，想帮您看看。", "because your payment did not go through"),
        "size_back_and_forth" => new("사이즈를 여러 번 확인하고 계셔서 도움이 될 것 같아요.", "因为您在反复比较尺码。", "because you have been comparing sizes"),
        "coupon_rejected" => new("쿠폰이 적용되지 않아서 알려 드려요.", "因为您的优惠券没有使用成功。", "because a coupon was not accepted"),
        "refund_waiting" when order is { Refund: { } refund } => new(
            $"주문 {order.Id}의 환불({Formats.Money(refund.Amount, order.Currency)})이 진행 중이라 알려 드려요.",
            $"因为订单 {order.Id} 的退款（{Formats.Money(refund.Amount, order.Currency)}）正在处理。",
            $"because your refund of {Formats.Money(refund.Amount, order.Currency)} for order {order.Id} is under way"),
        "refund_waiting" => new("기다리고 계신 환불이 있어서 알려 드려요.", "因为您有一笔退款正在处理。", "because you are waiting for a refund"),
        "price_dropped" => new("구매하신 상품의 가격이 내려가서 알려 드려요.", "因为您购买的商品降价了。", "because the price of something you bought has dropped"),
        "policy_read" => new("관련 안내를 찾아보고 계셔서 도움이 될 것 같아요.", "因为您正在查看相关说明。", "because you were reading up on this"),
        "delivered_recently" => new("최근에 받으신 주문이 있어서 알려 드려요.", "因为您最近收到了订单。", "because an order of yours was delivered recently"),
        _ => new("지금 보고 계신 페이지와 관련해 자주 묻는 내용이에요.", "因为浏览此页面的顾客常问这个问题。", "because shoppers on this page often ask it"),
    }).In(context.Language);

    private static Localized Late(AnswerContext context, OrderSummary order, ParcelSummary parcel, DateTimeOffset promised)
    {
        var number = parcel.Number.Length > 0 ? parcel.Number : order.Id.Value;
        var day = context.Date(promised);
        return PlaceholderFiller.Eta(order, context) is { } eta
            ? new(
                $"택배 {number}이(가) 늦어지고 있어서 알려 드려요. 약속일 {day}, 새 도착 예정일 {context.Date(eta)}.",
                $"因为您的包裹 {number} 延误了：原定 {day}，现预计 {context.Date(eta)} 送达。",
                $"because your parcel {number} is late: promised {day}, now expected {context.Date(eta)}")
            : new(
                $"택배 {number}이(가) 늦어지고 있어서 알려 드려요. 약속일은 {day}이었습니다.",
                $"因为您的包裹 {number} 延误了：原定 {day} 送达。",
                $"because your parcel {number} is late: promised {day}");
    }
}
