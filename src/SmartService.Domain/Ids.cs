namespace SmartService.Domain;

/// <summary>A merchant. 1 to 64 characters of a-z, 0-9 and '-'; comes from the credential, never from a request body.</summary>
public readonly record struct TenantId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A shopper within one tenant: the merchant's own id, or "anon-…" made by the server.</summary>
public readonly record struct CustomerId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One chat between a customer and the shop, unique within a tenant.</summary>
public readonly record struct ConversationId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>An order, by the merchant's order number, unique within a tenant.</summary>
public readonly record struct OrderId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One question-and-answer item of a tenant.</summary>
public readonly record struct ItemId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One popup shown, or withheld from the holdout group.</summary>
public readonly record struct PopupId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Address of one entity inside its decider's region: "{tenant}/{id}".</summary>
public readonly record struct EntityKey(TenantId Tenant, string Id)
{
    public override string ToString() => $"{Tenant.Value}/{Id}";
}
