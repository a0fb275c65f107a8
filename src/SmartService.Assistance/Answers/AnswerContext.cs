using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Answers;

/// <summary>All that an answer may be made of, as it stands now.</summary>
/// <param name="Language">"ko", "zh" or "en": the shopper's.</param>
internal sealed record AnswerContext(
    TenantProfile Profile, TenantPolicy Policy, CustomerState Customer, KnowledgeView Knowledge, string Language, DateTimeOffset Now)
{
    /// <summary>The order the conversation was about last.</summary>
    public OrderId? LastOrder { get; init; }

    public string Date(DateTimeOffset at) => Formats.Date(at, Language, Profile.TimeZone, Now);

    /// <summary>The day is today or yet to come; a date that has passed is no estimate.</summary>
    public bool IsAhead(DateTimeOffset at) => Formats.DayIn(Profile.TimeZone, at) >= Formats.DayIn(Profile.TimeZone, Now);
}
