using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace SmartService.Backoffice.Import;

/// <summary>
/// The visible lines of an HTML page. Not a browser: tags end at the next '>', and what is between them is text. Nothing of a
/// tag, script or style comes through; "&amp;lt;" becomes a '&lt;' that is shown, not run. Each character is looked at a bounded number of times.
/// </summary>
internal static class HtmlLines
{
    private static readonly FrozenSet<string> Hidden = new[] { "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "head", "textarea", "select", "title" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Inline = new[]
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "kbd", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Questions = new[] { "dt", "summary" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> Headings = new[] { "h1", "h2", "h3", "h4", "h5", "h6" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<PageLine> Of(string html)
    {
        var reader = new Reader(html);
        reader.Read();
        return reader.Lines;
    }

    private sealed class Reader(string html)
    {
        private readonly StringBuilder _text = new();
        private int _start = -1;
        private int _end;
        private bool _isQuestion;
        private bool _isHeading;

        public List<PageLine> Lines { get; } = [];

        public void Read()
        {
            var at = 0;
            while (at < html.Length)
            {
                var open = html.IndexOf('<', at);
                Take(at, open < 0 ? html.Length : open);
                if (open < 0)
                {
                    break;
                }

                at = Tag(open);
            }

            End();
        }

        /// <returns>Where to go on.</returns>
        private int Tag(int open)
        {
            if (string.CompareOrdinal(html, open, "<!--", 0, 4) == 0)
            {
                return After("-->", open + 4);
            }

            var closes = open + 1 < html.Length && html[open + 1] == '/';
            var name = Name(open + (closes ? 2 : 1));
            if (name.Length == 0 && !(open + 1 < html.Length && html[open + 1] is '!' or '?' or '/'))
            {
                Take(open, open + 1); // "5 < 6" is text.
                return open + 1;
            }

            var after = After(">", open);
            if (!closes && Hidden.Contains(name))
            {
                return Skip(name, after);
            }

            if (!Inline.Contains(name))
            {
                End();
                (_isQuestion, _isHeading) = (!closes && Questions.Contains(name), !closes && Headings.Contains(name));
            }

            return after;
        }

        private string Name(int from)
        {
            var to = from;
            while (to < html.Length && to - from < 20 && char.IsAsciiLetterOrDigit(html[to]))
            {
                to++;
            }

            return from < html.Length && char.IsAsciiLetter(html[from]) ? html[from..to] : "";
        }

        /// <summary>Behind the end of an element whose content nobody sees; without an end, behind all.</summary>
        private int Skip(string name, int from)
        {
            var end = html.IndexOf("</" + name, from, StringComparison.OrdinalIgnoreCase);
            return end < 0 ? html.Length : After(">", end);
        }

        private int After(string what, int from)
        {
            var found = from >= html.Length ? -1 : html.IndexOf(what, from, StringComparison.Ordinal);
            return found < 0 ? html.Length : found + what.Length;
        }

        private void Take(int from, int to)
        {
            if (to <= from)
            {
                return;
            }

            var text = html.AsSpan(from, to - from);
            if (_start < 0 && !text.IsWhiteSpace())
            {
                _start = from;
            }

            _text.Append(text);
            _end = text.IsWhiteSpace() ? _end : to;
        }

        private void End()
        {
            if (_start >= 0 && PageLine.Clean(WebUtility.HtmlDecode(_text.ToString())) is { Length: > 0 } clean)
            {
                Lines.Add(new(clean, _start, _end, _isQuestion, _isHeading));
            }

            _text.Clear();
            (_start, _isQuestion, _isHeading) = (-1, false, false);
        }
    }
}
