using System.Globalization;
using System.Net;
using System.Text;

namespace SmartService.Drills.Reports;

/// <summary>One line of a chart; points without a value leave a gap.</summary>
internal sealed record Line(string Name, string Style, IReadOnlyList<(double X, double? Y)> Points);

/// <summary>Something that happened, drawn over the chart: a moment, or a time.</summary>
internal sealed record Mark(string Name, double From, double For);

/// <summary>A line chart as SVG: no script, no font, nothing from outside.</summary>
internal static class Chart
{
    private const double Width = 1000, Height = 250, Left = 62, Right = 14, Top = 26, Bottom = 30;

    /// <param name="logarithmic">For latencies: 5 ms and 5 s both want to be seen.</param>
    public static string Draw(string unit, IReadOnlyList<Line> lines, IReadOnlyList<Mark> marks, bool logarithmic)
    {
        var points = lines.SelectMany(l => l.Points).ToList();
        var (left, right) = points.Count == 0 ? (0, 1) : (points.Min(p => p.X), Math.Max(points.Min(p => p.X) + 1, points.Max(p => p.X)));
        var values = points.Where(p => p.Y is not null).Select(p => p.Y!.Value).ToList();
        var scale = new Scale(values.Count == 0 ? 1 : values.Max(), logarithmic);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">");
        foreach (var tick in scale.Ticks())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.0}\" y2=\"{Y(tick):0.0}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 8}\" y=\"{Y(tick) + 4:0.0}\">{Short(tick)}</text>");
        }

        foreach (var tick in Seconds(left, right))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" text-anchor=\"middle\" x=\"{X(tick):0.0}\" y=\"{Height - 10}\">{tick:0} s</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"4\" y=\"14\">{WebUtility.HtmlEncode(unit)}</text>");
        var row = 0;
        foreach (var mark in marks)
        {
            Append(svg, mark, row++ % 3);
        }

        foreach (var line in lines)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line {line.Style}\" d=\"{PathOf(line)}\"><title>{WebUtility.HtmlEncode(line.Name)}</title></path>");
        }

        return svg.Append("</svg>").ToString();

        double X(double second) => Left + ((Width - Left - Right) * (second - left) / (right - left));
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * scale.Place(value));

        string PathOf(Line line)
        {
            var path = new StringBuilder();
            var pen = 'M';
            foreach (var (x, y) in Thinned(line.Points))
            {
                if (y is not { } value)
                {
                    pen = 'M';
                    continue;
                }

                path.Append(CultureInfo.InvariantCulture, $"{pen}{X(x):0.0} {Y(value):0.0}");
                pen = 'L';
            }

            return path.ToString();
        }

        void Append(StringBuilder to, Mark mark, int line)
        {
            var wide = Math.Max(1.5, X(mark.From + mark.For) - X(mark.From));
            to.Append(CultureInfo.InvariantCulture, $"<rect class=\"mark\" x=\"{X(mark.From):0.0}\" y=\"{Top}\" width=\"{wide:0.0}\" height=\"{Height - Top - Bottom}\"/>");
            var late = X(mark.From) > Width - 160;
            to.Append(CultureInfo.InvariantCulture, $"<text class=\"marked\" text-anchor=\"{(late ? "end" : "start")}\" x=\"{X(mark.From) + (late ? -4 : wide + 4):0.0}\" y=\"{Top + 12 + (14 * line)}\">{WebUtility.HtmlEncode(mark.Name)}</text>");
        }
    }

    /// <summary>Hours of seconds: of all that falls on one place of the drawing the least and the most, so that every peak stays.</summary>
    private static IReadOnlyList<(double X, double? Y)> Thinned(IReadOnlyList<(double X, double? Y)> points)
    {
        var each = (int)Math.Ceiling(points.Count / (Width - Left - Right));
        return each <= 2 ? points : [.. points.Chunk(each).SelectMany(Extremes)];

        static IEnumerable<(double X, double? Y)> Extremes((double X, double? Y)[] chunk)
        {
            var seen = chunk.Where(p => p.Y is not null).ToList();
            return seen.Count == 0 ? chunk[..1] : new[] { seen.MinBy(p => p.Y), seen.MaxBy(p => p.Y) }.OrderBy(p => p.X);
        }
    }

    private static string Short(double value) => value switch
    {
        >= 1_000_000 => (value / 1_000_000).ToString("0.#", CultureInfo.InvariantCulture) + " M",
        >= 10_000 => (value / 1_000).ToString("0.#", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static IEnumerable<double> Seconds(double left, double right)
    {
        var step = Scale.Nice((right - left) / 8);
        for (var at = Math.Ceiling(left / step) * step; at <= right; at += step)
        {
            yield return at + 0.0; // No "-0".
        }
    }

    private sealed class Scale(double most, bool logarithmic)
    {
        private const double Least = 0.1;
        private readonly double _top = logarithmic ? Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(most, Least * 10)))) : Nice(Math.Max(most, 1e-9) / 4) * 4;

        /// <summary>1, 2 or 5 times a power of ten, not less than wanted.</summary>
        public static double Nice(double wanted)
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
            return power * (wanted / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        }

        public double Place(double value) => logarithmic
            ? Math.Clamp(Math.Log10(Math.Max(value, Least) / Least) / Math.Log10(_top / Least), 0, 1)
            : Math.Clamp(value / _top, 0, 1);

        public IEnumerable<double> Ticks()
        {
            if (!logarithmic)
            {
                return [0, _top / 4, _top / 2, _top * 3 / 4, _top];
            }

            return Enumerable.Range(0, (int)Math.Round(Math.Log10(_top / Least)) + 1).Select(i => Least * Math.Pow(10, i));
        }
    }
}
