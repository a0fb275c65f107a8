using System.Text;

namespace SmartService.Fuzz.Inputs;

/// <summary>Documents at the edges of RFC 8259, ours: what must be read, what must be refused, what a reader may do as it likes.</summary>
internal static class JsonCases
{
    /// <summary>Every reader must take these.</summary>
    public static IReadOnlyList<string> Valid { get; } =
    [
        "{}", "[]", "null", "true", "false", "0", "-0", "1", "-1", "1.5", "1e5", "1E+5", "1e-5", "\"\"", "\"a\"", " \t\r\n{ }\n", "[[]]", "[{}]", "{\"a\":{}}", "[1,2]", "{\"a\":1,\"b\":2}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0041\"", "\"\\uD83D\\uDE00\"", "\"😀\"", "\"\u2028\"", "\"\\u0000\"", "[0.000000000000000000000000001]", "[12345678901234567890]", "{\"\":0}", "{\"a\":[{\"b\":[null]}]}",
        "[null,1,\"2\",true,{},[]]", "\"\u007F\"", "[\"\uFFFF\"]", "[1e300]",
    ];

    /// <summary>No reader may take these.</summary>
    public static IReadOnlyList<string> Faulty { get; } =
    [
        "", " ", "{", "}", "[", "]", "[1,]", "[,1]", "[1 2]", "[1,,2]", "{,}", "{\"a\"}", "{\"a\":}", "{:1}", "{a:1}", "{'a':1}", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{1:1}", "{null:1}",
        "01", "-", "+1", "1.", ".1", "1e", "1e+", "1.e1", "0x1", "1_0", "--1", "1a", "NaN", "Infinity", "-Infinity", "nul", "nulll", "True", "tru", "undefined", "\"", "\"a", "a\"", "'a'",
        "\"\\x41\"", "\"\\u12\"", "\"\\u123g\"", "\"\\\"", "\"\n\"", "\"\t\"", "\"\u0000\"", "[1]x", "{} {}", "[] []", "1 2", "//c\n1", "/*c*/1", "1//c", "[1]\u0000", "\uFEFFx", "<a/>", "\\u0041", "[\"a\" \"b\"]", "{\"a\":1}}", "[[]", "[}", "{]",
    ];

    public static IReadOnlyList<byte[]> FaultyBytes { get; } =
    [
        [0xFF], [0xFE, 0xFF], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x5B, 0x00, 0x5D], [0x00], [0x7B, 0x22, 0x61, 0x22, 0x3A, 0xFF, 0x7D],
        .. Encodings,
    ];

    /// <summary>Deep, long and wide ones.</summary>
    public static IReadOnlyList<string> Large { get; } =
    [
        new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"a\":", 20_000)), new string('[', 500) + new string(']', 500), "\"" + new string('a', 200_000) + "\"", "[" + string.Join(',', Enumerable.Repeat("0", 50_000)) + "]",
        new string('9', 10_000), "1e" + new string('9', 1_000), "0." + new string('0', 10_000) + "1", "{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"k{i}\":{i}")) + "}", "{" + string.Join(',', Enumerable.Repeat("\"a\":1", 5_000)) + "}", new string(' ', 100_000),
    ];

    private static IEnumerable<byte[]> Encodings => [Encoding.Unicode.GetBytes("{\"a\":1}"), Encoding.BigEndianUnicode.GetBytes("{\"a\":1}"), Encoding.UTF32.GetBytes("{}"), Encoding.Latin1.GetBytes("\"\u00E9\"")];
}
