namespace SmartService.Domain;

/// <summary>What a shopper wants done or answered, for example "order.delay". A tenant's own intents use the same form.</summary>
public readonly record struct IntentId(string Value)
{
    public override string ToString() => Value;
}
