using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SmartService.Domain.Conversations;

namespace SmartService.Assistance.Answers;

/// <summary>
/// Holds back answers that promise more than the store lets its bot promise. Every percentage counts, whatever it is of: an
/// answer held back goes to a person, a discount promised wrongly costs money.
/// </summary>
internal static partial class DiscountLimit
{
    private static readonly Dictionary<string, double> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ten"] = 10, ["fifteen"] = 15, ["twenty"] = 20, ["twenty-five"] = 25, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70,
        ["eighty"] = 80, ["ninety"] = 90, ["hundred"] = 100, ["십"] = 10, ["이십"] = 20, ["삼십"] = 30, ["사십"] = 40, ["오십"] = 50, ["육십"] = 60, ["칠십"] = 70,
        ["팔십"] = 80, ["구십"] = 90, ["백"] = 100,
    };

    public static bool Exceeded(CandidateAnswer answer, int? limit) =>
        limit is { } most && answer.Actions.Select(action => action.Label).Prepend(answer.Text).Any(text => Largest(text) > most);

    /// <summary>The largest percentage a text mentions, in the ways the three languages have; 0 when none.</summary>
    public static double Largest(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKC);
        var found = Percent().Matches(plain).Select(m => Number(m.Groups[1].Value))
            .Concat(WordPercent().Matches(plain).Select(m => Words.GetValueOrDefault(m.Groups[1].Value)))
            .Concat(ChinesePercent().Matches(plain).Select(m => ChineseNumber(m.Groups[1].Value)))
            .Concat(Zhe().Matches(plain).Select(m => Off(m.Groups[1].Value)))
            .Concat(Half().Matches(plain).Select(_ => 50.0));
        return found.DefaultIfEmpty().Max();
    }

    private static double Number(string digits) => double.TryParse(digits.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <summary>"8折" leaves 80 %, "85折" and "八五折" leave 85 %.</summary>
    private static double Off(string left)
    {
        var digits = string.Concat(left.Where(c => c != '.').Select(c => char.IsAsciiDigit(c) ? c : (char)('0' + Digit(c))));
        return 100 - (double.Parse(digits, CultureInfo.InvariantCulture) * (digits.Length == 1 ? 10 : 1));
    }

    private static double ChineseNumber(string text)
    {
        if (char.IsAsciiDigit(text[0]))
        {
            return Number(text);
        }

        if (text.Contains('百', StringComparison.Ordinal))
        {
            return 100;
        }

        var ten = text.IndexOf('十', StringComparison.Ordinal);
        return ten < 0
            ? Digit(text[0])
            : ((ten == 0 ? 1 : Digit(text[0])) * 10) + (ten + 1 < text.Length ? Digit(text[ten + 1]) : 0);
    }

    private static int Digit(char c) => Math.Max(0, "零一二三四五六七八九".IndexOf(c, StringComparison.Ordinal));

    [GeneratedRegex(@"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:%|٪|percent|per cent|pct|퍼센트|프로(?!젝|모|필|그|세|듀))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Percent();

    [GeneratedRegex(@"(twenty-five|ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|[이삼사오육칠팔구]?십|백)\s*(?:percent|per cent|퍼센트|프로)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WordPercent();

    [GeneratedRegex(@"百分之\s*(\d{1,3}(?:\.\d+)?|[一二三四五六七八九十百]{1,3})")]
    private static partial Regex ChinesePercent();

    [GeneratedRegex(@"(\d(?:\.\d)?|\d{2}|[一二三四五六七八九]{1,2})\s*折(?!叠|腾|扣率)")]
    private static partial Regex Zhe();

    [GeneratedRegex(@"half[- ](?:price|off)|반값|半价|对折|五折优惠", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Half();
}
