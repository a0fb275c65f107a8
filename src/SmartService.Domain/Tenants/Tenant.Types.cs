using System.Collections.Immutable;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Tenants;

/// <param name="Name">1 to 100 characters.</param>
/// <param name="Locale">Default language: "ko", "zh" or "en".</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record TenantProfile(string Name, string Locale, string Currency, string TimeZone);

/// <summary>What a key may do. Publishable keys sit in web pages; secret keys do not.</summary>
public enum KeyScope
{
    /// <summary>In the shop's pages: widget and visits of shoppers.</summary>
    Publishable,

    /// <summary>The shop's servers: orders, knowledge, customers, log.</summary>
    Secret,

    /// <summary>Support staff: conversations and review.</summary>
    Agent,
}

/// <param name="Hash">SHA-256 of the key, hexadecimal; keys have 256 random bits, so a slow hash adds nothing.</param>
/// <param name="Hint">First characters, to recognise it in a list.</param>
public sealed record ApiKey(string Id, KeyScope Scope, string Hash, string Hint, string? Label, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt = null);

/// <summary>A key the merchant signs shoppers' JWTs with. At most two are live, for rotation.</summary>
/// <param name="Algorithm">"HS256" or "EdDSA".</param>
/// <param name="Material">EdDSA: the public key, base64url. HS256: the shared secret, encrypted with the installation's key.</param>
public sealed record SigningKey(string Id, string Algorithm, string Material, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt = null);

public enum Tone
{
    Friendly, Formal, Playful,
}

/// <summary>What the bot may say and do for a tenant.</summary>
/// <param name="ForbiddenWords">Never in an answer the bot gives; such an answer is held back. At most 200.</param>
/// <param name="MessagesPerMinute">Per shopper; 1 to 600.</param>
public sealed record TenantPolicy(
    Tone Tone, ImmutableArray<string> ForbiddenWords, PopupPolicy Popups, BotPolicy Bot, int MessagesPerMinute)
{
    public OpeningHours? Hours { get; init; }

    /// <summary>Languages the bot answers in; none named stands for all.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Largest percentage the bot may mention; an answer with a larger one is held back. Null: no limit.</summary>
    public int? DiscountLimit { get; init; }

    public HandOffRules? HandOff { get; init; }

    /// <summary>Conversations silent for longer are forgotten; 7 to 3,650 days. Null: kept.</summary>
    public int? RetentionDays { get; init; }

    public static TenantPolicy Default { get; } = new(Tone.Friendly, [], PopupPolicy.Default, BotPolicy.Default, 30);
}

/// <summary>Commands to one tenant. Key: the tenant id.</summary>
public abstract record TenantCommand(DateTimeOffset At)
{
    public sealed record Create(TenantProfile Profile, ImmutableArray<string> Origins, DateTimeOffset At) : TenantCommand(At);

    public sealed record ChangeProfile(TenantProfile Profile, DateTimeOffset At) : TenantCommand(At);

    /// <summary>Origins that may call from a browser, for example "https://shop.example"; at most 50.</summary>
    public sealed record ChangeOrigins(ImmutableArray<string> Origins, DateTimeOffset At) : TenantCommand(At);

    /// <summary>All of them; none stands for the days that much of retail shares.</summary>
    public sealed record ChangeCampaigns(ImmutableArray<Campaign> Campaigns, DateTimeOffset At) : TenantCommand(At);

    public sealed record ChangePolicy(TenantPolicy Policy, DateTimeOffset At) : TenantCommand(At);

    public sealed record SaveCanned(CannedAnswer Answer, DateTimeOffset At) : TenantCommand(At);

    public sealed record RemoveCanned(string Id, DateTimeOffset At) : TenantCommand(At);

    public sealed record SaveWebhook(Webhook Hook, DateTimeOffset At) : TenantCommand(At);

    public sealed record RemoveWebhook(string Id, DateTimeOffset At) : TenantCommand(At);

    public sealed record AddKey(ApiKey Key, DateTimeOffset At) : TenantCommand(At);

    public sealed record RevokeKey(string Key, DateTimeOffset At) : TenantCommand(At);

    public sealed record AddSigningKey(SigningKey Key, DateTimeOffset At) : TenantCommand(At);

    public sealed record RevokeSigningKey(string Key, DateTimeOffset At) : TenantCommand(At);
}

public abstract record TenantEvent(DateTimeOffset At)
{
    public sealed record Created(TenantProfile Profile, ImmutableArray<string> Origins, DateTimeOffset At) : TenantEvent(At);

    public sealed record ProfileChanged(TenantProfile Profile, DateTimeOffset At) : TenantEvent(At);

    public sealed record OriginsChanged(ImmutableArray<string> Origins, DateTimeOffset At) : TenantEvent(At);

    public sealed record CampaignsChanged(ImmutableArray<Campaign> Campaigns, DateTimeOffset At) : TenantEvent(At);

    public sealed record PolicyChanged(TenantPolicy Policy, DateTimeOffset At) : TenantEvent(At);

    public sealed record CannedSaved(CannedAnswer Answer, DateTimeOffset At) : TenantEvent(At);

    public sealed record CannedRemoved(string Id, DateTimeOffset At) : TenantEvent(At);

    public sealed record WebhookSaved(Webhook Hook, DateTimeOffset At) : TenantEvent(At);

    public sealed record WebhookRemoved(string Id, DateTimeOffset At) : TenantEvent(At);

    public sealed record KeyAdded(ApiKey Key, DateTimeOffset At) : TenantEvent(At);

    public sealed record KeyRevoked(string Key, DateTimeOffset At) : TenantEvent(At);

    public sealed record SigningKeyAdded(SigningKey Key, DateTimeOffset At) : TenantEvent(At);

    public sealed record SigningKeyRevoked(string Key, DateTimeOffset At) : TenantEvent(At);
}

public enum TenantRefusal
{
    NotFound,

    /// <summary>The tenant exists with another profile.</summary>
    AlreadyExists,

    /// <summary>A profile or policy field is outside its range.</summary>
    OutOfRange,

    KeyNotFound,

    /// <summary>Two signing keys are live; revoke one first.</summary>
    TooManySigningKeys,

    /// <summary>50 live keys are the most.</summary>
    TooManyKeys,

    /// <summary>An origin is not "scheme://host[:port]".</summary>
    BadOrigin,

    CannedNotFound,

    /// <summary>Another ready answer of the language has it.</summary>
    ShortcutTaken,

    /// <summary>300 are the most.</summary>
    TooManyCanned,

    WebhookNotFound,

    /// <summary>20 are the most.</summary>
    TooManyWebhooks,
}

/// <summary>One merchant. <see cref="Profile"/> null means it does not exist yet.</summary>
public sealed record TenantState(
    TenantProfile? Profile,
    ImmutableArray<string> Origins,
    TenantPolicy Policy,
    ImmutableArray<ApiKey> Keys,
    ImmutableArray<SigningKey> SigningKeys)
{
    /// <summary>By first day.</summary>
    public ImmutableArray<Campaign> Campaigns { get; init; } = [];

    public ImmutableArray<CannedAnswer> Canned { get; init; } = [];

    public ImmutableArray<Webhook> Webhooks { get; init; } = [];

    public static TenantState Absent { get; } = new(null, [], TenantPolicy.Default, [], []);
}
