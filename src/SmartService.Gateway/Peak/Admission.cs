using SmartService.Domain.Peak;

namespace SmartService.Gateway.Peak;

internal enum AdmissionKind : byte
{
    /// <summary>Go on; say when it is done.</summary>
    Admitted,

    /// <summary>Held open: the turn comes within a second.</summary>
    Held,

    /// <summary>In the line; come again.</summary>
    InLine,

    /// <summary>The line is too long: leave the question.</summary>
    CallBack,
}

/// <summary>What the gate says to one message.</summary>
/// <param name="Place">In the merchant's line, from 1.</param>
/// <param name="Wait">From the measured rate of service.</param>
/// <param name="RetryAfter">When to come again.</param>
internal readonly record struct Admission(AdmissionKind Kind, int Place = 0, TimeSpan Wait = default, TimeSpan RetryAfter = default, bool IsRehearsal = false, HeldTurn? Turn = null);

/// <summary>A request held open until its turn.</summary>
internal sealed class HeldTurn(string customer, long since) : TaskCompletionSource<Admission>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Customer { get; } = customer;

    public long Since { get; } = since;
}

/// <summary>A place in the line of a shopper who comes again.</summary>
internal sealed class Ticket(string customer)
{
    public string Customer { get; } = customer;

    /// <summary>Counted from the line's beginning; the place is this less what has gone since.</summary>
    public long Number { get; set; }

    /// <summary>The place is given up after this.</summary>
    public long Until { get; set; }
}
