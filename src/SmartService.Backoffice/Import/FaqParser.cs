using System.Text;
using SmartService.Domain.Knowledge;

namespace SmartService.Backoffice.Import;

/// <summary>A question and its answer found in a page, for a person to confirm.</summary>
/// <param name="Start">Where it begins in what was sent, in UTF-16 units; the end is exclusive.</param>
/// <param name="Line">From 1.</param>
public sealed record FaqCandidate(string Question, string Answer, int Start, int End, int Line);

/// <summary>
/// Finds questions and answers in the text or HTML of an FAQ page. Guesses, and says where: what it finds is confirmed by a
/// person. Everything it returns is plain text, and its time grows with the length alone, whatever is sent.
/// </summary>
public static class FaqParser
{
    public const int MaxLength = 1_000_000;
    public const int MaxCandidates = 500;

    private static readonly string[] QuestionMarks = ["질문", "문의", "question", "问题", "问", "q"];
    private static readonly string[] AnswerMarks = ["답변", "답", "answer", "回答", "答案", "答", "a"];

    private static readonly string[] QuestionWords =
    [
        "how ", "what ", "when ", "where ", "which ", "who ", "why ", "can i", "can you", "do i", "do you", "does ", "is there", "is it", "are there", "are you", "will ", "may i",
        "should i",
    ];

    public static IReadOnlyList<FaqCandidate> ParseText(string text) => Pair(text, PlainLines.Of(text));

    public static IReadOnlyList<FaqCandidate> ParseHtml(string html) => Pair(html, HtmlLines.Of(html));

    private static List<FaqCandidate> Pair(string source, IReadOnlyList<PageLine> lines)
    {
        var found = new List<FaqCandidate>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var line = new LineCounter(source);
        for (var i = 0; i < lines.Count && found.Count < MaxCandidates; i++)
        {
            if (Question(lines[i], i + 1 < lines.Count) is not { } question)
            {
                continue;
            }

            var answer = new StringBuilder();
            var end = lines[i].End;
            var next = i + 1;
            for (; next < lines.Count && Question(lines[next], next + 1 < lines.Count) is null && !lines[next].IsHeading; next++)
            {
                Append(answer, answer.Length == 0 ? Without(lines[next].Text, AnswerMarks) : lines[next].Text);
                end = lines[next].End;
            }

            if (answer.Length > 0 && known.Add(question))
            {
                found.Add(new(question, answer.ToString().Trim(), lines[i].Start, end, line.At(lines[i].Start)));
            }

            i = next - 1;
        }

        return found;
    }

    /// <summary>The question a line puts, without its mark; null when it puts none.</summary>
    private static string? Question(PageLine line, bool isFollowed)
    {
        var text = Without(line.Text, QuestionMarks);
        var isMarked = text.Length != line.Text.Length || line.IsQuestion;
        text = text.Trim();
        if (!isFollowed || text.Length is < 2 or > ContentRules.MaxQuestionLength || Without(line.Text, AnswerMarks).Length != line.Text.Length)
        {
            return null;
        }

        return isMarked || Asks(text, line.IsHeading) ? text : null;
    }

    private static bool Asks(string text, bool isHeading)
    {
        var end = text.TrimEnd('"', '\'', ')', '」', '』', '”', ' ');
        if (end.EndsWith('?') || end.EndsWith('？'))
        {
            return true;
        }

        // Headings often leave the mark out.
        return isHeading
            && (end.EndsWith("나요", StringComparison.Ordinal) || end.EndsWith("까요", StringComparison.Ordinal) || end.EndsWith("인가요", StringComparison.Ordinal)
                || end.EndsWith('吗') || end.EndsWith('呢') || Array.Exists(QuestionWords, word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>"Q1. How long?" without "Q1.": a mark is followed by a number, or by '.', ':', ')' or '、'.</summary>
    private static string Without(string text, string[] marks)
    {
        var begin = text.AsSpan().TrimStart("[(【<「 ").Length;
        var rest = text[(text.Length - begin)..];
        foreach (var mark in marks)
        {
            if (!rest.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var at = mark.Length;
            while (at < rest.Length && (char.IsAsciiDigit(rest[at]) || rest[at] == ' '))
            {
                at++;
            }

            if (at < rest.Length && rest[at] is '.' or ':' or ')' or '、' or '：' or '．' or ']' or '】' or '>' or '」' or '-')
            {
                return rest[(at + 1)..].TrimStart(' ', '.', ':', '：', '、');
            }
        }

        return text;
    }

    private static void Append(StringBuilder answer, string text)
    {
        var room = ContentRules.MaxAnswerLength - answer.Length - 1;
        if (text.Length == 0 || room <= 0)
        {
            return;
        }

        answer.Append(answer.Length == 0 ? "" : "\n").Append(text.Length <= room ? text : text.AsSpan(0, room));
    }

    /// <summary>Lines of rising places, counted once.</summary>
    private sealed class LineCounter(string source)
    {
        private int _at;
        private int _line = 1;

        public int At(int place)
        {
            for (; _at < place && _at < source.Length; _at++)
            {
                _line += source[_at] == '\n' ? 1 : 0;
            }

            return _line;
        }
    }
}
