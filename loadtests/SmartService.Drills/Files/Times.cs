using System.Globalization;

namespace SmartService.Drills.Files;

/// <summary>Times as people write them: 500ms, 30s, 10m, 2h.</summary>
internal static class Times
{
    private static readonly (string Unit, long Ticks)[] Units =
        [("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour)];

    public static bool TryRead(string text, out TimeSpan time)
    {
        time = default;
        var digits = text.AsSpan().TrimEnd("mshMSH").Length;
        var unit = Units.FirstOrDefault(u => text.AsSpan(digits).SequenceEqual(u.Unit));
        if (unit.Ticks == 0 || !double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > TimeSpan.MaxValue.Ticks / (double)unit.Ticks / 2)
        {
            return false;
        }

        time = TimeSpan.FromTicks((long)(number * unit.Ticks));
        return true;
    }

    public static string Write(TimeSpan time)
    {
        var (name, ticks) = Units.Last(u => time.Ticks % u.Ticks == 0 || u.Ticks == TimeSpan.TicksPerMillisecond);
        if (time == TimeSpan.Zero)
        {
            return "0s";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / (double)ticks:0.###}{name}");
    }
}
