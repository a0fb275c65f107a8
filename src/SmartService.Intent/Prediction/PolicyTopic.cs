namespace SmartService.Intent.Prediction;

/// <summary>What a policy, help or search page is about, told by its subject.</summary>
internal enum PolicyTopic
{
    None, Delivery, Return, Refund, Payment, Coupon, Size, Warranty, Points, Price, Overseas, Gift, Account, Cancel, Exchange, Invoice, Installment,
    Tier, Rules, Login, Privacy, Address, Human,
}
