using System.Globalization;

namespace SmartService.Host.Replay;

/// <summary>Sessions of a recording that names none: thirty quiet minutes end one.</summary>
internal sealed class SessionGuess
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, (DateTimeOffset Last, int Number)> _last = new(StringComparer.Ordinal);

    public string Of(string customer, DateTimeOffset at)
    {
        var known = _last.GetValueOrDefault(customer, (at, 1));
        var number = at - known.Item1 > Quiet ? known.Item2 + 1 : known.Item2;
        _last[customer] = (at, number);
        return ClickLines.Id("session", customer, number.ToString(CultureInfo.InvariantCulture));
    }
}
