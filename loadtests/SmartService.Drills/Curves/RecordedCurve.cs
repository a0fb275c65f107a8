using System.Globalization;

namespace SmartService.Drills.Curves;

/// <summary>
/// A curve somebody recorded: a CSV file with "second,perSecond" lines, rising seconds from 0. Between two lines the rate goes in a
/// straight line, so a recording by the minute does not become a staircase.
/// </summary>
internal static class RecordedCurve
{
    private const int MostLines = 200_000;

    /// <exception cref="FormatException">The file holds something else; the message names the line and what to write there.</exception>
    public static Curve Read(TextReader file, double at)
    {
        var points = new List<(double Second, double Rate)>();
        var number = 0;
        while (file.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#' || (number == 1 && char.IsAsciiLetter(line[0])))
            {
                continue;
            }

            points.Add(Parse(line, number, points.Count == 0 ? -1 : points[^1].Second));
            if (points.Count > MostLines)
            {
                throw new FormatException($"line {number}: a recording has at most {MostLines:N0} lines; thin it out.");
            }
        }

        if (points.Count < 2)
        {
            throw new FormatException($"line {number}: at least two lines \"second,perSecond\" are needed.");
        }

        return new([.. points.Zip(points.Skip(1), (a, b) =>
            new Segment(a.Rate * at, b.Rate * at, TimeSpan.FromSeconds(b.Second - a.Second)))]);
    }

    private static (double Second, double Rate) Parse(string line, int number, double before)
    {
        var parts = line.Split(',');
        if (parts.Length != 2
            || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            || !double.IsFinite(second) || !double.IsFinite(rate) || rate < 0)
        {
            throw new FormatException($"line {number}: \"{line}\" must be like 60,120.5 (second, new consultations per second).");
        }

        if (second <= before || (before < 0 && second != 0))
        {
            throw new FormatException($"line {number}: seconds must start at 0 and rise.");
        }

        return (second, rate);
    }
}
