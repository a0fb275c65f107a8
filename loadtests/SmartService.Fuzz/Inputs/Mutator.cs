using System.Text;

namespace SmartService.Fuzz.Inputs;

/// <summary>
/// Makes inputs: a sample a parser likes, changed where grammars are (quotes, brackets, separators, numbers, names) and where bytes are;
/// two samples crossed; a document of the corpora; or noise. What breaks parsers is nearly right.
/// </summary>
internal static class Mutator
{
    private const int MostBytes = 64 * 1024;
    private static readonly byte[] Structure = "{}[]\",:;.\\/=&?%#|\r\n\t -_+*'<>()0123456789eE\0\u007F"u8.ToArray();

    public static byte[] Make(Chance chance, IReadOnlyList<byte[]> samples) => chance.Below(20) switch
    {
        0 => Encoding.UTF8.GetBytes(chance.Pick(NaughtyStrings.All)),
        1 => Encoding.UTF8.GetBytes(Document(chance)),
        2 => chance.Pick(JsonCases.FaultyBytes),
        3 => Noise(chance),
        4 or 5 => Cut(Cross(chance, chance.Pick(samples), chance.Pick(samples))),
        6 => Encoding.UTF8.GetBytes(Json(chance, 0)),
        _ => Cut(Mutate(chance, chance.Pick(samples))),
    };

    /// <summary>One to eight changes.</summary>
    public static byte[] Mutate(Chance chance, byte[] sample)
    {
        var bytes = new List<byte>(sample);
        for (var changes = 1 + chance.Below(8); changes > 0; changes--)
        {
            Change(chance, bytes);
        }

        return [.. bytes];
    }

    /// <summary>A JSON value of any shape, most of it valid.</summary>
    public static string Json(Chance chance, int depth)
    {
        var text = new StringBuilder();
        Append(chance, text, depth);
        return text.ToString();
    }

    private static void Append(Chance chance, StringBuilder text, int depth)
    {
        switch (chance.Below(depth > 12 ? 5 : 8))
        {
            case 0:
                text.Append(chance.Pick<string>(["null", "true", "false"]));
                break;
            case 1:
                text.Append(chance.Pick<string>(["0", "-1", "1.5", "1e9", "99999999999999999999", "-0.0", "1E400"]));
                break;
            case 2 or 3 or 4:
                text.Append('"').Append(System.Text.Json.JsonEncodedText.Encode(Whole(chance.Pick(NaughtyStrings.All)))).Append('"');
                break;
            case 5:
                Many(chance, text, '[', ']', () => Append(chance, text, depth + 1));
                break;
            default:
                Many(chance, text, '{', '}', () =>
                {
                    text.Append('"').Append(chance.Pick<string>(["id", "text", "clientId", "visits", "a", "", "locale", "token", "at", "page", "lines", "__proto__"])).Append("\":");
                    Append(chance, text, depth + 1);
                });
                break;
        }
    }

    /// <summary>Half of a surrogate pair cannot be written as UTF-8 at all; those go in as escapes elsewhere.</summary>
    private static string Whole(string text) => new([.. text.Select(c => char.IsSurrogate(c) ? '?' : c)]);

    private static void Many(Chance chance, StringBuilder text, char open, char close, Action one)
    {
        text.Append(open);
        for (var i = chance.Below(5); i > 0; i--)
        {
            one();
            text.Append(i > 1 || chance.Once(30) ? "," : "");
        }

        text.Append(close);
    }

    private static string Document(Chance chance) => chance.Below(40) switch
    {
        0 => chance.Pick(JsonCases.Large),
        < 15 => chance.Pick(JsonCases.Valid),
        _ => chance.Pick(JsonCases.Faulty),
    };

    private static byte[] Noise(Chance chance)
    {
        var bytes = new byte[chance.Below(300)];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = chance.Once(3) ? (byte)chance.Next() : chance.Pick(Structure);
        }

        return bytes;
    }

    private static byte[] Cross(Chance chance, byte[] one, byte[] other)
    {
        var (left, right) = (chance.Below(one.Length + 1), chance.Below(other.Length + 1));
        return [.. one.AsSpan(0, left), .. other.AsSpan(right)];
    }

    private static void Change(Chance chance, List<byte> bytes)
    {
        var at = chance.Below(bytes.Count + 1);
        var length = Math.Min(1 + chance.Below(8), bytes.Count - at);
        switch (chance.Below(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)chance.Next();
                break;
            case 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << chance.Below(8));
                break;
            case 2:
                bytes.Insert(at, chance.Pick(Structure));
                break;
            case 3 when length > 0:
                bytes.RemoveRange(at, length);
                break;
            case 4 when length > 0:
                var copy = bytes.GetRange(at, length);
                for (var times = 1 + chance.Below(50); times > 0 && bytes.Count < MostBytes; times--)
                {
                    bytes.InsertRange(at, copy);
                }

                break;
            case 5 or 6:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(chance.Pick(NaughtyStrings.All)));
                break;
            case 7:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 8:
                Replace(chance, bytes);
                break;
            default:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Json(chance, 9)));
                break;
        }
    }

    /// <summary>A whole value between two quotes or of digits becomes another one.</summary>
    private static void Replace(Chance chance, List<byte> bytes)
    {
        var starts = Enumerable.Range(0, bytes.Count).Where(i => bytes[i] == '"').ToArray();
        if (starts.Length < 2)
        {
            return;
        }

        var which = chance.Below(starts.Length - 1);
        var (from, to) = (starts[which] + 1, starts[which + 1]);
        bytes.RemoveRange(from, to - from);
        bytes.InsertRange(from, Encoding.UTF8.GetBytes(chance.Pick(NaughtyStrings.All)));
    }

    private static byte[] Cut(byte[] bytes) => bytes.Length <= MostBytes ? bytes : bytes[..MostBytes];
}
