using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace SmartService.Domain.Texts;

/// <summary>Finds numbers, dates, money and addresses in what people write in English, Korean and Chinese.</summary>
/// <remarks>
/// By patterns, not by a model: what is personal must be found for sure and the same way each time. Where two kinds claim the same
/// digits, the more personal one gets them. Every pattern is bounded, so reading takes time in proportion to the text.
/// </remarks>
public static partial class TextEntities
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>All that is found, in order of place, none overlapping.</summary>
    /// <param name="text">UTF-16 text of any length and script.</param>
    public static ImmutableArray<TextEntity> Read(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9') && !text.AsSpan().ContainsAnyInRange('０', '９') && !text.Contains('@', StringComparison.Ordinal)
            && !text.Contains('＠', StringComparison.Ordinal))
        {
            return []; // Most messages.
        }

        // Full-width forms ("０１０", "＠") have the same place as the plain ones they stand for.
        var plain = Plain(text);
        var found = new List<TextEntity>();
        Add(found, plain, TextEntityKind.Email, Emails());
        Add(found, plain, TextEntityKind.Identity, Identities());
        Add(found, plain, TextEntityKind.Card, Cards(), IsCard);
        Add(found, plain, TextEntityKind.Phone, Phones());
        Add(found, plain, TextEntityKind.Date, Dates());
        Add(found, plain, TextEntityKind.Money, Money());
        Add(found, plain, TextEntityKind.Address, Addresses());
        Add(found, plain, TextEntityKind.OrderNumber, OrderNumbers());
        found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return [.. found];
    }

    private static void Add(List<TextEntity> found, string text, TextEntityKind kind, Regex pattern, Func<string, bool>? holds = null)
    {
        foreach (Match match in pattern.Matches(text))
        {
            var group = match.Groups["it"] is { Success: true } it ? it : match;
            if (group.Length > 0 && holds?.Invoke(group.Value) != false
                && !found.Exists(other => group.Index < other.Start + other.Length && other.Start < group.Index + group.Length))
            {
                found.Add(new(kind, group.Index, group.Length, group.Value));
            }
        }
    }

    private static string Plain(string text) => text.AsSpan().ContainsAnyInRange('！', '～')
        ? string.Create(text.Length, text, static (plain, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                plain[i] = from[i] is >= '！' and <= '～' ? (char)(from[i] - 0xFEE0) : from[i];
            }
        })
        : text;

    /// <summary>Luhn's check (ISO/IEC 7812-1), or four groups of four digits, which nobody writes but for a card.</summary>
    private static bool IsCard(string number)
    {
        var (sum, digits) = (0, 0);
        for (var i = number.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit(number[i]))
            {
                var digit = (number[i] - '0') * (digits % 2 == 0 ? 1 : 2);
                sum += digit > 9 ? digit - 9 : digit;
                digits++;
            }
        }

        return digits is >= 13 and <= 19 && (sum % 10 == 0 || FourFours().IsMatch(number));
    }

    [GeneratedRegex(@"[a-z0-9._%+\-]{1,64}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,6}", Options)]
    private static partial Regex Emails();

    [GeneratedRegex(@"(?<![0-9])(?:[0-9]{6}-[1-8][0-9]{6}|[0-9]{17}[0-9x])(?![0-9])", Options)]
    private static partial Regex Identities();

    /// <summary>No case is ignored: with a group that is asked for again that cannot be compiled when the product is built.</summary>
    [GeneratedRegex(
        @"(?<![0-9A-Za-z\-])(?:[3-6][0-9]{14,15}(?:[0-9]{3})?|[0-9]{4}([ \-])[0-9]{4}\1[0-9]{4}\1[0-9]{1,7}|3[0-9]{3}[ \-][0-9]{6}[ \-][0-9]{5})(?![0-9\-])", RegexOptions.CultureInvariant)]
    private static partial Regex Cards();

    [GeneratedRegex(@"^[0-9]{4}([ \-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex FourFours();

    /// <summary>Korean mobile and area numbers, Chinese mobile and area numbers, North American ones, and any with a country code.</summary>
    [GeneratedRegex(
        @"\+[0-9]{1,3}(?:[ .\-]?\(?[0-9]{1,4}\)?){2,5}(?![0-9])"
        + @"|(?<![0-9a-z\-])01[016789][ .\-]?[0-9]{3,4}[ .\-]?[0-9]{4}(?![0-9])"
        + @"|(?<![0-9a-z\-])0[2-6][0-9]?[ .\-)][ ]?[0-9]{3,4}[ .\-][0-9]{4}(?![0-9])"
        + @"|(?<![0-9a-z\-])1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}(?![0-9])"
        + @"|(?<![0-9a-z\-])0[1-9][0-9]{1,2}-[0-9]{7,8}(?![0-9])"
        + @"|(?<![0-9a-z\-])(?:1[ .\-])?(?:\([2-9][0-9]{2}\)[ ]?|[2-9][0-9]{2}[ .\-])[0-9]{3}[ .\-][0-9]{4}(?![0-9])", Options)]
    private static partial Regex Phones();

    [GeneratedRegex(
        @"(?<![0-9])(?:19|20)[0-9]{2}[\-./][0-9]{1,2}[\-./][0-9]{1,2}(?![0-9])"
        + @"|(?:[0-9]{2,4}년 ?)?[0-9]{1,2}월 ?[0-9]{1,2}일"
        + @"|(?:[0-9]{2,4}年)?[0-9]{1,2}月[0-9]{1,2}[日号號]"
        + @"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? [0-9]{1,2}(?:st|nd|rd|th)?\b(?:,? (?:19|20)[0-9]{2})?"
        + @"|\b[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b(?: (?:19|20)[0-9]{2})?"
        + @"|(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9/])", Options)]
    private static partial Regex Dates();

    [GeneratedRegex(
        @"(?:[$€£¥₩]|\b(?:usd|krw|cny|rmb|eur)) ?[0-9][0-9,]{0,15}(?:\.[0-9]{1,2})?"
        + @"|(?<![0-9a-z\-])[0-9][0-9,]{0,15}(?:\.[0-9]{1,2})? ?(?:만 ?원|천 ?원|원|元|块钱|块|美元|dollars?\b|won\b|yuan\b|usd\b|krw\b|cny\b|rmb\b|euros?\b)", Options)]
    private static partial Regex Money();

    /// <summary>Only the numbers; "21호" of a cushion and "3일" of a wait are none, so a street or a pair of building and flat must be there.</summary>
    [GeneratedRegex(
        @"[가-힣]{1,10}(?:대로|로|길) ?(?:[0-9]{1,4}번길 ?)?(?<it>[0-9]{1,4}(?:-[0-9]{1,4})?)(?![0-9]|[,.][0-9]| ?(?:일|개|시|분|초|원|월|호|주|년|차|만|천|%|명|번|회|박|건|ml|g))"
        + @"|(?<it>[0-9]{1,4}동 ?[0-9]{1,4})호"
        + @"|[\u4E00-\u9FFF]{1,10}(?:路|街|大道|巷|弄|胡同) ?(?<it>[0-9]{1,5}(?:-[0-9]{1,4})?)号?"
        + @"|(?<it>[0-9]{1,5}) ?(?:号楼|栋|幢|单元|室)"
        + @"|(?<![0-9a-z$])(?<it>[0-9]{1,5}[a-z]?) (?:[a-z]{1,20}\.? ){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|highway|hwy)\b"
        + @"|\b(?:apt|apartment|unit|suite|flat)\.? ?\#?(?<it>[0-9]{1,5}[a-z]?)\b", Options)]
    private static partial Regex Addresses();

    [GeneratedRegex(
        @"(?<![0-9a-z])[a-z]{1,6}[\-_]?[0-9]{4,20}(?:-[0-9]{1,12})?(?![0-9a-z])"
        + @"|(?<![0-9a-z])[0-9]{6,8}-[0-9]{4,12}(?![0-9a-z])"
        + @"|(?:order|order (?:no|number)|주문 ?번호|订单号?|单号|\#)[.:：# ]{0,3}(?<it>[0-9]{4,20})(?![0-9])", Options)]
    private static partial Regex OrderNumbers();
}
