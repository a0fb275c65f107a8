namespace SmartService.Drills.Curves;

/// <summary>A straight piece of a curve: arrivals per second from <paramref name="From"/> to <paramref name="To"/> within a time.</summary>
internal readonly record struct Segment(double From, double To, TimeSpan For)
{
    /// <summary>Arrivals within the whole piece.</summary>
    public double Expected => (From + To) / 2 * For.TotalSeconds;

    public double RateAt(double seconds) => For == TimeSpan.Zero ? To : From + ((To - From) * seconds / For.TotalSeconds);

    /// <summary>When so many have arrived, in seconds from the start of the piece.</summary>
    public double TimeOf(double arrived)
    {
        var slope = (To - From) / For.TotalSeconds;

        // The root of slope/2·t² + From·t = arrived, in the form that does not cancel when the slope is small.
        var root = Math.Sqrt(Math.Max(0, (From * From) + (2 * slope * arrived)));
        return arrived <= 0 ? 0 : Math.Min(For.TotalSeconds, 2 * arrived / (From + root));
    }
}
