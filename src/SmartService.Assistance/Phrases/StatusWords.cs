using SmartService.Assistance.Answers;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;

namespace SmartService.Assistance.Phrases;

/// <summary>States of orders, parcels and refunds in words.</summary>
internal static class StatusWords
{
    public static Localized Of(OrderSummary order, DateTimeOffset now) => order switch
    {
        { Cancelled: true } => new("취소됨", "已取消", "cancelled"),
        { Refund.PaidAt: not null } => new("환불 완료", "已退款", "refunded"),
        { Parcel.DeliveredAt: not null } => new("배송 완료", "已送达", "delivered"),
        { Payment: PaymentState.Failed } => new("결제 실패", "支付失败", "payment failed"),
        { Payment: PaymentState.Pending } => new("결제 대기", "待支付", "waiting for payment"),
        _ when order.IsLate(now) => new("배송 지연", "配送延误", "late"),
        { Parcel.Status: not CheckpointStatus.None } => new("배송 중", "配送中", "on its way"),
        { Parcel.Number.Length: > 0 } => new("발송됨", "已发货", "shipped"),
        _ => new("상품 준비 중", "备货中", "being prepared"),
    };

    public static Localized Of(ParcelSummary parcel) => parcel switch
    {
        { DeliveredAt: not null } => new("배송 완료", "已送达", "delivered"),
        { Status: CheckpointStatus.Accepted } => new("택배사 접수", "快递已揽收", "accepted by the carrier"),
        { Status: CheckpointStatus.InTransit } => new("이동 중", "运输中", "in transit"),
        { Status: CheckpointStatus.Customs } => new("통관 중", "清关中", "in customs"),
        { Status: CheckpointStatus.OutForDelivery } => new("배송 출발", "派送中", "out for delivery"),
        { Status: CheckpointStatus.Delivered } => new("배송 완료", "已送达", "delivered"),
        { Status: CheckpointStatus.Exception } => new("배송 문제 발생", "配送异常", "held up"),
        { Number.Length: > 0 } => new("발송됨", "已发货", "shipped"),
        _ => new("발송 전", "未发货", "not shipped yet"),
    };

    public static Localized Of(RefundSummary refund) => refund.PaidAt is null
        ? new("환불 처리 중", "退款处理中", "under way")
        : new("환불 완료", "已退款", "paid");
}
