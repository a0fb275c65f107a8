using SmartService.Drills.Shoppers;

namespace SmartService.Drills.Wire;

/// <summary>One step on its way: sent, perhaps sent again, and answered or given up.</summary>
internal sealed class Exchange
{
    /// <summary>Places for the step's own data, so that the one who waits for the answer needs no closure.</summary>
    public Step Step { get; init; }

    /// <summary>The moment the answer's time is counted from, in Stopwatch ticks: when it should have been sent.</summary>
    public long Intended { get; init; }

    /// <summary>After this it is not sent again.</summary>
    public long Deadline { get; init; }

    /// <summary>The whole request on the wire; empty when the owner writes it each time it is sent: hundreds of thousands may be waiting.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    public int Attempts { get; set; }

    /// <summary>When the last attempt left, in Stopwatch ticks.</summary>
    public long SentAt { get; set; }
}

/// <summary>Who is told what became of an exchange, on the one thread of its connections.</summary>
internal interface IExchangeOwner
{
    /// <summary>The whole request on the wire; valid until the next call.</summary>
    ReadOnlySpan<byte> BytesOf(Exchange exchange);

    /// <summary>Short, and never waiting.</summary>
    void Answered(Exchange exchange, in HttpAnswer answer, long received);

    /// <summary>The connection broke before the answer: whether the server did it is not known.</summary>
    void Broke(Exchange exchange);
}
