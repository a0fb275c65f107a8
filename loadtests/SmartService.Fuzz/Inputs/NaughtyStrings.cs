namespace SmartService.Fuzz.Inputs;

/// <summary>Texts that have broken programs before: what is empty, invisible, reversed, doubled, almost a number, or meant for another parser.</summary>
internal static class NaughtyStrings
{
    public static IReadOnlyList<string> All { get; } =
    [
        "", " ", "\t", "\n", "\r\n", "\0", "\u0001\u001F\u007F\u0085", "\uFEFF", "\uFFFE", "\uFFFF", "\u200B", "\u2028\u2029", "\u00AD\u034F\u061C\u180E\u2060",
        "null", "undefined", "true", "NaN", "Infinity", "-Infinity", "nil", "None", "[object Object]", "0", "-0", "00", "01", "1e309", "-1e309", "1e-400", "0x10", "1_000", "1,000",
        "９９９", "١٢٣", "2147483648", "-2147483649", "9223372036854775808", "18446744073709551616", "0.1e", "1.", ".5", "+1", "1e1000000000",
        "9999-12-31T23:59:59.9999999Z", "0000-00-00", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "-0001-01-01", "2026-01-01T00:00:00+99:99",
        "\uD800", "\uDFFF", "a\uD83Db", "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏿", "e\u0301\u0301\u0301", string.Concat("Z", new string('\u0352', 200)), "ﷺ", "ß", "İı", "ǅ", "ﬀ", "Å", "A\u030A", "ẛ̣",
        "제 주문은 어디에 있나요?", "ㅋㅋㅋㅋ", "ᄒ\u1161ᆫ", "힣\uAC00\u11A7", "我的订单在哪里？", "𠮷野家", "㐀㐁㐂", "日本語テスト", "שלום עולם", "\u202Etxet desrever\u202C", "مرحبا بالعالم", "ไทยไม่มีช่องว่าง", "Ѕсript",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "'; DROP TABLE events;--", "\" OR 1=1 --", "%s%n%x", "{0}{1}{-1}", "${jndi:ldap://x}", "{{7*7}}", "#{1+1}", "=cmd|' /C calc'!A0", "@SUM(1)", "-2+3",
        "../../etc/passwd", "..\\..\\windows", "file:///etc/passwd", "/dev/null", "CON", "NUL.txt", "a/b", "a//b", "a\\b", "a%2Fb", "%00", "%ZZ", "%", "+", "a b", "?x=1", "#frag", ";", "&amp;", "&#x0;",
        "{", "}", "[", "]", "{{", "}}", "{order}", "{order", "order}", "{customer.name}", "{{order}}", "{}", "{ }", "{order|}", "{\0}", "\\", "\\\\", "\\u", "\\u12", "\"", "'", "`", ",", ";", ":", "a,b\r\nc,d", "\"a\"\"b\"", "\"a", "a\"b",
        "st_", "st_.", "st_a.b", "sk_", "sk__", "pk_x_", "adm_", "Bearer", "eyJhbGciOiJub25lIn0.e30.", "a.b.c", "..", "...", "AAAA.AAAA.AAAA", "=", "====", "A===", "-_-_", "////", "++++",
        "*", "**", "a*b", "(", ")", "((((((((((a+)+)+)+)+)+)+)+)+)+", "[a-", "(?<a>", "AND", "NEAR(", "\"a\" NEAR", "a:b", "^a", "a OR b", "NOT", "title:*",
        "010-1234-5678", "+82 10 1234 5678", "4111 1111 1111 1111", "880101-1234567", "a@b", "a@b.c", "@", "a@@b", new string('1', 400), new string('a', 4_001), new string('가', 2_000), new string('{', 600), new string(' ', 3_000),
        string.Concat(Enumerable.Repeat("a@b.co ", 300)), string.Concat(Enumerable.Repeat("and, ", 500)), string.Concat(Enumerable.Repeat("0-", 1_000)), string.Concat(Enumerable.Repeat("?!", 800)), string.Concat(Enumerable.Repeat("😀", 1_000)),
    ];
}
