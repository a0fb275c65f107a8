using System.Globalization;
using System.Text;

namespace SmartService.ReadModels.Queries;

/// <summary>Where the next page begins: the sort key of the last row seen, so that rows added meanwhile shift nothing.</summary>
internal static class Cursor
{
    public static string Of(long key, string id = "") =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{key}|{id}")))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <exception cref="ArgumentException">The cursor was not made here.</exception>
    public static (long Key, string Id)? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        try
        {
            var base64 = cursor.Replace('-', '+').Replace('_', '/');
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
            var parts = text.Split('|', 3);
            if (parts.Length == 3 && parts[0] == "1" && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key))
            {
                return (key, parts[2]);
            }
        }
        catch (FormatException)
        {
            // Told below, as every other cursor that is none.
        }

        throw new ArgumentException("The cursor was not made by this list.", nameof(cursor));
    }

    /// <exception cref="ArgumentException">The limit is not 1 to 200.</exception>
    public static int Limit(int limit) =>
        limit is >= 1 and <= 200 ? limit : throw new ArgumentException("A page has 1 to 200 rows.", nameof(limit));
}
