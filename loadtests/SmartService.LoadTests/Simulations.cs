using NBomber.Contracts;
using NBomber.CSharp;
using SmartService.Drills.Curves;

namespace SmartService.LoadTests;

/// <summary>A curve in NBomber's words. Its rates are whole numbers, and its ramps start where the piece before ended.</summary>
internal static class Simulations
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static LoadSimulation[] Of(Curve curve)
    {
        var simulations = new List<LoadSimulation>();
        var before = 0;
        foreach (var segment in curve.Segments)
        {
            var (from, to) = (Whole(segment.From), Whole(segment.To));
            var during = segment.For < Second ? Second : segment.For;
            if (from == to)
            {
                simulations.Add(Simulation.Inject(rate: to, interval: Second, during: during));
            }
            else
            {
                // A jump to where this ramp starts, when the piece before ended elsewhere.
                if (from != before && from > 0)
                {
                    simulations.Add(Simulation.Inject(rate: from, interval: Second, during: Second));
                }

                simulations.Add(Simulation.RampingInject(rate: to, interval: Second, during: during));
            }

            before = to;
        }

        return [.. simulations];
    }

    private static int Whole(double rate) => rate <= 0 ? 0 : Math.Max(1, (int)Math.Round(rate));
}
