namespace SmartService.Drills.Curves;

/// <summary>New consultations per second over time, as straight pieces one after another.</summary>
internal sealed class Curve(IReadOnlyList<Segment> segments)
{
    public IReadOnlyList<Segment> Segments { get; } = segments;

    public TimeSpan Duration { get; } = TimeSpan.FromTicks(segments.Sum(s => s.For.Ticks));

    /// <summary>Arrivals within the whole curve.</summary>
    public double Expected { get; } = segments.Sum(s => s.Expected);

    public double Peak { get; } = segments.Count == 0 ? 0 : segments.Max(s => Math.Max(s.From, s.To));

    /// <summary>Arrivals per second at a moment; the first rate before the start, none after the end.</summary>
    public double RateAt(TimeSpan at)
    {
        if (at < TimeSpan.Zero)
        {
            return Segments[0].From;
        }

        foreach (var segment in Segments)
        {
            if (at < segment.For)
            {
                return segment.RateAt(at.TotalSeconds);
            }

            at -= segment.For;
        }

        return 0;
    }

    /// <param name="rates">What every rate is multiplied by.</param>
    /// <param name="times">What every duration is multiplied by.</param>
    public Curve Scaled(double rates, double times) =>
        new([.. Segments.Select(s => new Segment(s.From * rates, s.To * rates, s.For * times))]);

    /// <summary>
    /// When each one arrives, in ticks from the start, rising. Their number is exact; their moments are a Poisson process of the
    /// curve's rate given that number: shoppers do not come by the metronome, and a metronome hides queues.
    /// </summary>
    public long[] Arrivals(ulong seed)
    {
        var count = (int)Math.Round(Expected);
        var chance = SeededChance.Of(seed, count, purpose: 1);
        var share = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            share[i] = sum += chance.Gap();
        }

        // The spacings of sorted uniform numbers: n gaps over the sum of n + 1.
        sum += chance.Gap();
        var ticks = new long[count];
        var (segment, before, start) = (0, 0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var arrived = share[i] / sum * Expected;
            while (segment < Segments.Count - 1 && arrived > before + Segments[segment].Expected)
            {
                before += Segments[segment].Expected;
                start += Segments[segment].For.TotalSeconds;
                segment++;
            }

            ticks[i] = (long)((start + Segments[segment].TimeOf(arrived - before)) * TimeSpan.TicksPerSecond);
        }

        return ticks;
    }
}
