using SmartService.Drills.Shoppers;

namespace SmartService.Drill.Driving;

/// <summary>One step of a conversation at a time, in their order: the next waits until the one before is over.</summary>
internal sealed class Turns(int journeys)
{
    private readonly bool[] _busy = new bool[journeys];
    private readonly Dictionary<int, Queue<Step>> _waiting = [];

    /// <returns>False when the step has to wait; <see cref="End"/> gives it back.</returns>
    public bool TryBegin(in Step step)
    {
        if (step.Kind == StepKind.Import)
        {
            return true;
        }

        if (!_busy[step.Journey])
        {
            return _busy[step.Journey] = true;
        }

        if (!_waiting.TryGetValue(step.Journey, out var queue))
        {
            _waiting[step.Journey] = queue = new();
        }

        queue.Enqueue(step);
        return false;
    }

    /// <summary>A step is over, well or not.</summary>
    /// <returns>The step whose turn it is now; null when none waits.</returns>
    public Step? End(in Step step)
    {
        if (step.Kind is StepKind.Import or StepKind.Popup)
        {
            return null; // They belong to no conversation.
        }

        if (!_waiting.TryGetValue(step.Journey, out var queue))
        {
            _busy[step.Journey] = false;
            return null;
        }

        var next = queue.Dequeue();
        if (queue.Count == 0)
        {
            _waiting.Remove(step.Journey);
        }

        return next;
    }
}
