using SmartService.Drills.Curves;

namespace SmartService.Drills.Files;

/// <summary>The curve of a drill's file: a list of pieces, each of one shape.</summary>
internal static class CurveReader
{
    private const double MostPerSecond = 1_000_000;
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private enum Shape
    {
        Constant, Ramp, Steps, Spike, Replay,
    }

    private static readonly Dictionary<string, Shape> Shapes = new()
    {
        ["constant"] = Shape.Constant, ["ramp"] = Shape.Ramp, ["steps"] = Shape.Steps, ["spike"] = Shape.Spike, ["replay"] = Shape.Replay,
    };

    public static Curve Read(YamlFields drill, string file)
    {
        var pieces = drill.List("curve");
        if (pieces.Count == 0)
        {
            drill.Fault("curve", "is missing: write at least one piece, such as \"- { shape: constant, rate: 20, for: 30s }\"");
            return new([new(0, 0, Instant)]);
        }

        return new([.. pieces.SelectMany(p => Piece(p, file))]);
    }

    private static List<Segment> Piece(YamlFields f, string file)
    {
        List<Segment> segments = f.Choice("shape", Shapes) switch
        {
            Shape.Ramp => [new(Rate(f, "from"), Rate(f, "to"), Time(f, "for"))],
            Shape.Steps => Steps(f),
            Shape.Spike => Spike(f),
            Shape.Replay => Replay(f, file),
            _ => Constant(Rate(f, "rate"), Time(f, "for")),
        };
        f.NothingElse();
        return segments;
    }

    private static List<Segment> Constant(double rate, TimeSpan time) => [new(rate, rate, time)];

    private static List<Segment> Steps(YamlFields f)
    {
        var (from, to, steps, time) = (Rate(f, "from"), Rate(f, "to"), f.Whole("steps", null, 2, 1_000, "10"), Time(f, "for"));
        return [.. Enumerable.Range(0, Math.Max(2, steps)).SelectMany(i => Constant(from + ((to - from) * i / (Math.Max(2, steps) - 1)), time / Math.Max(2, steps)))];
    }

    /// <summary>The base, then so many times the base within a rise, held, and back.</summary>
    private static List<Segment> Spike(YamlFields f)
    {
        var (low, times) = (Rate(f, "base"), f.Number("times", 10, 1, 10_000, "10"));
        var high = low * times;
        return
        [
            new(low, low, Time(f, "before")),
            new(low, high, f.Time("rise", TimeSpan.FromSeconds(10), Instant, Day, "10s")),
            new(high, high, Time(f, "hold")),
            new(high, low, f.Time("fall", TimeSpan.FromSeconds(10), Instant, Day, "10s")),
            new(low, low, Time(f, "after")),
        ];
    }

    private static List<Segment> Replay(YamlFields f, string file)
    {
        var at = f.Number("at", 1, 0.001, 1_000, "1.5");
        var recording = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "", f.Text("file"));
        try
        {
            using var reader = File.OpenText(recording);
            return [.. RecordedCurve.Read(reader, at).Segments];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            f.Fault("file", $"cannot be replayed: {e.Message.TrimEnd('.')}");
            return [new(0, 0, Instant)];
        }
    }

    private static double Rate(YamlFields f, string name) => f.Number(name, null, 0, MostPerSecond, "20");

    private static TimeSpan Time(YamlFields f, string name) => f.Time(name, null, Instant, Day, "30s");
}
