namespace SmartService.Drills.Shoppers;

/// <summary>Picks from a ranking in which the k-th is asked for 1/k^s times as often as the first.</summary>
internal sealed class Zipf
{
    private readonly double[] _upTo;

    public Zipf(int count, double exponent)
    {
        _upTo = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            _upTo[i] = sum += Math.Pow(i + 1, -exponent);
        }
    }

    public int Pick(ref SeededChance chance)
    {
        var at = Array.BinarySearch(_upTo, chance.Share() * _upTo[^1]);
        return Math.Min(at < 0 ? ~at : at + 1, _upTo.Length - 1);
    }
}
