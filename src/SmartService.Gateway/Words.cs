using System.Text.Json;

namespace SmartService.Gateway;

/// <summary>Words of enums in queries, as in bodies: snake case.</summary>
internal static class Words
{
    public static bool TryRead<T>(string word, out T value)
        where T : struct, Enum
    {
        foreach (var known in Enum.GetValues<T>())
        {
            if (ToWord(known) == word)
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }

    public static string ToWord<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static string All<T>()
        where T : struct, Enum => "one of " + string.Join(", ", Enum.GetValues<T>().Select(ToWord));
}
