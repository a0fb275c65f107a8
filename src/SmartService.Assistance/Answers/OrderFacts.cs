using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;

namespace SmartService.Assistance.Answers;

/// <summary>Sentences made of nothing but an order's facts, for when the merchant wrote no answer that fits it.</summary>
internal static class OrderFacts
{
    /// <returns>Null when the order knows nothing that answers the intent.</returns>
    public static string? Say(IntentId intent, OrderSummary order, AnswerContext context)
    {
        if (intent == Intents.RefundStatus)
        {
            return order.Refund is { } refund ? Refund(order, refund, context) : null;
        }

        if (intent == Intents.PaymentFailed)
        {
            return order is { Payment: PaymentState.Failed, Cancelled: false } ? Payment(order, context) : null;
        }

        return OrderIntents.Parcel.Contains(intent) ? Parcel(order, context) : null;
    }

    private static string Parcel(OrderSummary order, AnswerContext context) => order switch
    {
        { Cancelled: true } => Cancelled(order, context),
        { Parcel: { DeliveredAt: { } at } parcel } => Delivered(order, parcel, at, context),
        { Payment: PaymentState.Failed } => Payment(order, context),
        { Parcel: { } parcel } when order.IsLate(context.Now) => Late(order, parcel, context),
        { Parcel: { Number.Length: > 0 } parcel } => Underway(order, parcel, context),
        _ => Preparing(order, context),
    };

    private static string Cancelled(OrderSummary order, AnswerContext context) => new Localized(
        $"주문 {order.Id}은(는) 취소되었습니다.",
        $"订单 {order.Id} 已取消。",
        $"Order {order.Id} was cancelled.").In(context.Language);

    private static string Delivered(OrderSummary order, ParcelSummary parcel, DateTimeOffset at, AnswerContext context)
    {
        var day = context.Date(at);
        var by = Shipped(parcel).In(context.Language);
        var said = new Localized(
            $"주문 {order.Id}은(는) 택배사 기록상 {day}에 배송 완료되었습니다{by}.",
            $"根据快递记录，订单 {order.Id} 已于 {day} 送达{by}。",
            $"According to the carrier, order {order.Id} was delivered on {day}{by}.").In(context.Language);
        return parcel.LastSeen is { Length: > 0 } seen ? Join(said, LastSeen(seen, null, context), context) : said;
    }

    private static string Late(OrderSummary order, ParcelSummary parcel, AnswerContext context)
    {
        var promised = context.Date(parcel.PromisedAt!.Value);
        var number = parcel.Number.Length > 0
            ? new Localized($"주문 {order.Id}의 택배({parcel.Number})", $"订单 {order.Id} 的包裹（{parcel.Number}）", $"Your parcel {parcel.Number} of order {order.Id}")
            : new Localized($"주문 {order.Id}", $"订单 {order.Id} ", $"Order {order.Id}");
        var said = new Localized(
            $"{number.Ko} 배송이 지연되고 있습니다. 약속한 날은 {promised}이었습니다.",
            $"{number.Zh}配送延误，原定 {promised} 送达。",
            $"{number.En} is late: it was promised for {promised}.").In(context.Language);
        said = Join(said, Expected(order, context), context);
        return parcel.LastSeen is { Length: > 0 } seen ? Join(said, LastSeen(seen, parcel.LastSeenAt, context), context) : said;
    }

    private static string Underway(OrderSummary order, ParcelSummary parcel, AnswerContext context)
    {
        var status = StatusWords.Of(parcel).In(context.Language);
        var by = Shipped(parcel).In(context.Language);
        var said = new Localized(
            $"주문 {order.Id}의 현재 배송 상태는 '{status}'입니다{by}.",
            $"订单 {order.Id} 当前状态：{status}{by}。",
            $"Order {order.Id} is {status}{by}.").In(context.Language);
        said = Join(said, Expected(order, context), context);
        return parcel.LastSeen is { Length: > 0 } seen ? Join(said, LastSeen(seen, parcel.LastSeenAt, context), context) : said;
    }

    private static string Preparing(OrderSummary order, AnswerContext context)
    {
        var placed = context.Date(order.PlacedAt);
        var status = StatusWords.Of(order, context.Now).In(context.Language);
        var said = new Localized(
            $"{placed}에 주문하신 {order.Id}은(는) 아직 발송 전이며, 현재 상태는 '{status}'입니다.",
            $"您于 {placed} 下的订单 {order.Id} 尚未发货，当前状态：{status}。",
            $"Order {order.Id} of {placed} has not been shipped yet; it is {status}.").In(context.Language);
        return PlaceholderFiller.Eta(order, context) is null ? said : Join(said, Expected(order, context), context);
    }

    private static string Payment(OrderSummary order, AnswerContext context)
    {
        var total = Formats.Money(order.Total, order.Currency);
        var tries = Math.Max(1, order.PaymentFailures);
        return new Localized(
            $"주문 {order.Id}의 결제({total})가 승인되지 않았습니다(실패 {tries}회). 아직 결제되지 않은 상태입니다.",
            $"订单 {order.Id} 的付款（{total}）未成功（失败 {tries} 次），目前尚未支付。",
            $"The payment of {total} for order {order.Id} did not go through ({tries} failed {(tries == 1 ? "attempt" : "attempts")}); the order is not paid yet.").In(context.Language);
    }

    private static string Refund(OrderSummary order, RefundSummary refund, AnswerContext context)
    {
        var amount = Formats.Money(refund.Amount, order.Currency);
        if (refund.PaidAt is { } paid)
        {
            return new Localized(
                $"주문 {order.Id}의 환불 {amount}은(는) {context.Date(paid)}에 처리되었습니다.",
                $"订单 {order.Id} 的退款 {amount} 已于 {context.Date(paid)} 完成。",
                $"The refund of {amount} for order {order.Id} was paid on {context.Date(paid)}.").In(context.Language);
        }

        var requested = context.Date(refund.RequestedAt);
        var said = new Localized(
            $"주문 {order.Id}의 환불 {amount}은(는) {requested}에 접수되어 처리 중입니다.",
            $"订单 {order.Id} 的退款 {amount} 已于 {requested} 申请，正在处理。",
            $"The refund of {amount} for order {order.Id}, requested on {requested}, is under way.").In(context.Language);
        return refund.DueAt is { } due && context.IsAhead(due)
            ? Join(said, new Localized($"{context.Date(due)}까지 완료될 예정입니다.", $"预计最晚 {context.Date(due)} 到账。", $"It is due by {context.Date(due)}.").In(context.Language), context)
            : said;
    }

    private static string Expected(OrderSummary order, AnswerContext context) => PlaceholderFiller.Eta(order, context) is { } eta
        ? new Localized($"도착 예정일은 {context.Date(eta)}입니다.", $"预计 {context.Date(eta)} 送达。", $"It is expected on {context.Date(eta)}.").In(context.Language)
        : new Localized("새 도착 예정일은 아직 나오지 않았습니다.", "暂无新的预计送达日期。", "There is no new delivery date yet.").In(context.Language);

    private static string LastSeen(string seen, DateTimeOffset? at, AnswerContext context)
    {
        var day = at is { } time ? context.Date(time) : null;
        return new Localized(
            day is null ? $"마지막 확인: {seen}." : $"마지막 확인: {seen}, {day}.",
            day is null ? $"最后记录：{seen}。" : $"最后记录：{seen}，{day}。",
            day is null ? $"Last seen: {seen}." : $"Last seen: {seen}, {day}.").In(context.Language);
    }

    private static Localized Shipped(ParcelSummary parcel) => (parcel.Carrier, parcel.Number) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => new($" ({parcel.Carrier} {parcel.Number})", $"（{parcel.Carrier} {parcel.Number}）", $" ({parcel.Carrier}, {parcel.Number})"),
        (_, { Length: > 0 }) => new($" ({parcel.Number})", $"（{parcel.Number}）", $" ({parcel.Number})"),
        _ => new("", "", ""),
    };

    private static string Join(string first, string second, AnswerContext context) => context.Language == "zh" ? first + second : $"{first} {second}";
}
