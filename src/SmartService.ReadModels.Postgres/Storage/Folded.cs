namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>Text as it is searched: in small letters of every script.</summary>
internal static class Folded
{
#pragma warning disable CA1308 // It is compared with itself only; small letters are what people see in the table.
    public static string Of(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>A line each: a word that is looked for has no line break, so that none is found across both.</summary>
    public static string Of(string question, string? answer) => Of(answer is null ? question : question + "\n" + answer);
}
