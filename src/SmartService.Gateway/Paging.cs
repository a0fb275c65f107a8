using SmartService.Gateway.Faults;

namespace SmartService.Gateway;

/// <summary>How much of a list one answer holds.</summary>
internal static class Paging
{
    public const int Most = 200;
    private const int Usual = 50;

    /// <exception cref="ProblemException">The limit is out of range.</exception>
    public static int Limit(int? limit) => limit switch
    {
        null => Usual,
        >= 1 and <= Most => limit.Value,
        _ => throw new ProblemException(Problems.Invalid("limit is out of range.", new Fault("limit", $"1 to {Most}"))),
    };

    /// <summary>A number of days back from now.</summary>
    /// <exception cref="ProblemException">The number is out of range.</exception>
    public static int Days(int? days, int usual, int most = 90) => days switch
    {
        null => usual,
        >= 1 when days <= most => days.Value,
        _ => throw new ProblemException(Problems.Invalid("days is out of range.", new Fault("days", $"1 to {most}"))),
    };
}
