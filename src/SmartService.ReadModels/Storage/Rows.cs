using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Storage;

#pragma warning disable SA1402 // One line of a table each; they change together with the schema.

/// <summary>A row as it is written back after events changed it.</summary>
internal abstract class Row
{
    /// <summary>Changed since it was read or written.</summary>
    public bool IsDirty { get; set; }
}

internal sealed class TenantEntry
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Locale { get; set; } = "";

    public long CreatedAt { get; set; }
}

internal sealed class CustomerEntry : Row
{
    public string Tenant { get; set; } = "";

    public string Id { get; set; } = "";

    public string? Name { get; set; }

    public int Tier { get; set; }

    public string? Locale { get; set; }

    public bool Identified { get; set; }

    public long FirstSeen { get; set; }

    public long LastSeen { get; set; }

    public int Orders { get; set; }

    public int Conversations { get; set; }

    public bool IsErased { get; set; }
}

internal sealed class ConversationEntry : Row
{
    public string Tenant { get; set; } = "";

    public string Id { get; set; } = "";

    public string Customer { get; set; } = "";

    public string Locale { get; set; } = "";

    public int Mode { get; set; }

    public string? Agent { get; set; }

    public bool IsOpen { get; set; }

    /// <summary>A person had to take it at least once.</summary>
    public bool WasHandedOff { get; set; }

    public int Messages { get; set; }

    public string? LastText { get; set; }

    public long OpenedAt { get; set; }

    public long LastAt { get; set; }

    public int? Score { get; set; }

    /// <summary>A member's id.</summary>
    public string? Assignee { get; set; }

    /// <summary>When the bot first handed it off.</summary>
    public long? HandedOffAt { get; set; }

    /// <summary>When a person first answered after that.</summary>
    public long? PersonAt { get; set; }
}

internal sealed class QuestionEntry : Row
{
    /// <summary>Journal position of the question: unique, and newest is highest.</summary>
    public long Position { get; set; }

    public string Tenant { get; set; } = "";

    public string Conversation { get; set; } = "";

    public int Number { get; set; }

    public string Customer { get; set; } = "";

    public long At { get; set; }

    public string Text { get; set; } = "";

    public string Language { get; set; } = "";

    public string Intent { get; set; } = "";

    public double Confidence { get; set; }

    public double OutOfScope { get; set; }

    public string Model { get; set; } = "";

    public int Outcome { get; set; }

    public string? Answer { get; set; }

    /// <summary>Number of the message that answered it.</summary>
    public int? AnswerNumber { get; set; }

    public string? SourceKind { get; set; }

    public string? SourceId { get; set; }

    public long SourceVersion { get; set; }

    public double? AnswerConfidence { get; set; }

    public int? Reason { get; set; }

    public bool? Helpful { get; set; }

    public bool IsUnanswered { get; set; }

    /// <summary>When the bot answered or asked back.</summary>
    public long? AnsweredAt { get; set; }

    /// <summary>1 to 3: its place in the forecast before it; 0: that had other intents; null: there was none.</summary>
    public int? Foreseen { get; set; }

    /// <summary>In the table already; its words may be in the text index.</summary>
    public bool IsStored { get; set; }

    public string? StoredText { get; set; }

    public string? StoredAnswer { get; set; }
}

internal sealed class TimelineItem
{
    public long Position { get; set; }

    public string Tenant { get; set; } = "";

    /// <summary>Null until the customer of an order is known.</summary>
    public string? Customer { get; set; }

    public long At { get; set; }

    public string Kind { get; set; } = "";

    public string Entity { get; set; } = "";

    /// <summary>Empty where the journal is asked for what the entry says.</summary>
    public string Text { get; set; } = "";

    public string Json { get; set; } = "";

    public static string EntityOf(JournalledEvent e) => string.Concat(e.Region, "/", e.Entity.Id);
}

/// <summary>The newest forecast of a customer: its likeliest intents, "" where it has fewer.</summary>
internal sealed class ForecastEntry : Row
{
    public string Tenant { get; set; } = "";

    public string Customer { get; set; } = "";

    public long At { get; set; }

    public string First { get; set; } = "";

    public string Second { get; set; } = "";

    public string Third { get; set; } = "";

    /// <returns>1 to 3, 0 when it had other intents, null when it was not made in time.</returns>
    public static int? PlaceOf(IntentId intent, DateTimeOffset asked, long at, string first, string second, string third) =>
        at > asked.UtcTicks || asked.UtcTicks - at > IInsights.ForecastLife.Ticks || first.Length == 0 ? null
        : first == intent.Value ? 1
        : second == intent.Value ? 2
        : third == intent.Value ? 3
        : 0;

    public static string IntentAt(ImmutableArray<IntentScore> ranked, int place) => !ranked.IsDefault && ranked.Length > place ? ranked[place].Intent.Value : "";
}

internal sealed class PopupEntry
{
    public string Tenant { get; set; } = "";

    public string Id { get; set; } = "";

    public string Customer { get; set; } = "";

    public long At { get; set; }

    public bool IsWithheld { get; set; }

    public bool IsSeen { get; set; }

    public bool IsOpened { get; set; }

    public bool IsDismissed { get; set; }

    public bool IsIgnored { get; set; }

    public bool IsHelpful { get; set; }

    public bool IsUnhelpful { get; set; }

    public string Topic { get; set; } = "";

    public double Probability { get; set; }

    public double Exploration { get; set; }
}
#pragma warning restore SA1402
