namespace SmartService.Domain.Tenants;

/// <summary>An answer staff insert with "/" and its shortcut.</summary>
/// <param name="Locale">"ko", "zh", "en", or null for all.</param>
public sealed record CannedAnswer(string Id, string Shortcut, string Text, string? Locale, string Author, DateTimeOffset At)
{
    public const int MaxTextLength = 4_000;

    /// <summary>1 to 32 letters of any script, digits, '_' and '-'.</summary>
    public static bool IsShortcut(string? text) => text is { Length: >= 1 and <= 32 } && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-');
}
