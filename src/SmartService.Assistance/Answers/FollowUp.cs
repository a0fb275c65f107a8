using System.Text.RegularExpressions;

namespace SmartService.Assistance.Answers;

/// <summary>Questions that lean on what was said before: "and how long does it take?", "그럼 환불은요?", "那运费呢".</summary>
internal static partial class FollowUp
{
    /// <summary>Longer ones bring their own subject along.</summary>
    private const int MostWords = 9;
    private const int MostCharacters = 24;

    /// <summary>The text names something of its own but goes on from before: "what about refunds?".</summary>
    public static bool GoesOn(string text) => IsShort(text) && GoesOnNormal(Normal(text));

    /// <summary>The text says "it" or nothing at all where its subject should be: "how long does it take?".</summary>
    public static bool PointsBack(string text) => IsShort(text) && PointsBackNormal(Normal(text));

    public static bool Leans(string text) => IsShort(text) && Normal(text) is var normal && (GoesOnNormal(normal) || PointsBackNormal(normal));

    private static string Normal(string text) => Terms.Normalise(text).Trim();

    private static bool GoesOnNormal(string normal) => Going().IsMatch(normal);

    private static bool PointsBackNormal(string normal) => Pointing().IsMatch(normal) || Bare().IsMatch(normal);

    private static bool IsShort(string text) => text.AsSpan().ContainsAnyInRange('\u3000', '\uFFFF') ? text.Length <= MostCharacters : Words(text) <= MostWords;

    private static int Words(string text)
    {
        var words = 0;
        for (var i = 0; i < text.Length; i++)
        {
            words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ') ? 1 : 0;
        }

        return words;
    }

    [GeneratedRegex(
        @"^(?:and|but|so|then|also|ok(?:ay)?|what about|how about)\b|^(?:그럼|그러면|그리고|근데|그런데|또)[ ,]?|(?:은|는|도)요 ?\??$"
        + @"|^(?:那|那么|然后|还有|另外|而且)|呢[?？。]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Going();

    [GeneratedRegex(
        @"\b(?:it|its|that|this|they|them|those|these)\b|(?:그거|그건|그게|그것|이거|이건|이게|이것|거기)|(?:它|这个|那个|这样|那样)|^那(?:要|得|多|什么时候|几|怎么|为什么|可以|能)", RegexOptions.CultureInvariant)]
    private static partial Regex Pointing();

    /// <summary>A question word and next to nothing else.</summary>
    [GeneratedRegex(
        @"^(?:(?:and|but|so|then|ok(?:ay)?),? )?(?:why|when|where|who|how|how (?:long|much|many|soon|often)|since when|until when|by when)\??$"
        + @"|^(?:그럼|그러면|그리고|근데|그런데)? ?(?:언제|얼마|얼마나|어떻게|왜|어디|며칠|누가)(?:요|죠|까지|부터|나)? ?(?:걸려요|걸리나요|되나요|돼요|해요|하나요|예요|인가요|내요|내나요|들어요)?\??$"
        + @"|^(?:那|那么)?(?:要|得|需要|大概)?(?:多久|多少钱|多少|几天|什么时候|为什么|怎么办|怎么弄|在哪里|谁出)(?:呢|啊|呀)?[?？]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
