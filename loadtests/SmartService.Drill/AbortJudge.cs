using SmartService.Drills;
using SmartService.Drills.Files;
using SmartService.Drills.Measuring;

namespace SmartService.Drill;

/// <summary>Watches a drill's abort rule.</summary>
internal sealed class AbortJudge(AbortRule? rule)
{
    private int _bad;

    /// <summary>Why the drill was ended early; null when it was not.</summary>
    public string? Reason { get; private set; }

    public bool ShouldStop(SecondFigures second)
    {
        if (rule is null || Reason is not null)
        {
            return Reason is not null;
        }

        var finished = second.Acknowledged + second.Failed;
        var failed = finished > 0 && 100.0 * second.Failed / finished > rule.FailedPercent;
        var slow = second.Acknowledged > 0 && second.P99Ms > rule.AckP99Ms;
        _bad = failed || slow ? _bad + 1 : 0;
        if (_bad < rule.For.TotalSeconds)
        {
            return false;
        }

        Reason = $"Aborted in second {second.Second}: for {Times.Write(rule.For)} "
            + (failed ? $"more than {rule.FailedPercent:0.#} % of the steps failed." : $"p99 was over {rule.AckP99Ms:0} ms.");
        return true;
    }
}
