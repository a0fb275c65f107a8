namespace SmartService.Drills.Checking;

internal enum MessageState : byte
{
    /// <summary>Never sent.</summary>
    Unsent,

    /// <summary>Sent at least once; whether the server has it is not known.</summary>
    Sent,

    /// <summary>The server said that it is kept.</summary>
    Acknowledged,
}

/// <summary>What was sent and what the server promised, in seven bytes a message. Every message has one writer at a time.</summary>
internal sealed class Ledger(int journeys, int messagesEach)
{
    private readonly MessageState[] _states = new MessageState[(long)journeys * messagesEach];
    private readonly short[] _numbers = new short[(long)journeys * messagesEach];
    private readonly int[] _pushed = new int[journeys];

    public int Journeys => journeys;

    public int MessagesEach => messagesEach;

    public MessageState StateOf(int journey, int turn) => _states[At(journey, turn)];

    /// <summary>The number the server gave the message; 0 when its answer did not say.</summary>
    public int NumberOf(int journey, int turn) => _numbers[At(journey, turn)];

    public void Sent(int journey, int turn)
    {
        ref var state = ref _states[At(journey, turn)];
        state = state == MessageState.Unsent ? MessageState.Sent : state;
    }

    public void Acknowledged(int journey, int turn, int number) =>
        (_states[At(journey, turn)], _numbers[At(journey, turn)]) = (MessageState.Acknowledged, (short)Math.Min(number, short.MaxValue));

    /// <summary>An answer of this journey came over a stream.</summary>
    public void Pushed(int journey) => Interlocked.Increment(ref _pushed[journey]);

    public int PushedOf(int journey) => Volatile.Read(ref _pushed[journey]);

    public bool AnySent(int journey)
    {
        for (var turn = 0; turn < messagesEach; turn++)
        {
            if (StateOf(journey, turn) != MessageState.Unsent)
            {
                return true;
            }
        }

        return false;
    }

    private long At(int journey, int turn) => ((long)journey * messagesEach) + turn;
}
