namespace SmartService.Drills.Stores;

/// <summary>One merchant of a drill with the keys to act for it.</summary>
/// <param name="SigningSecret">What it signs with for the shoppers it knows (HS256).</param>
internal sealed record Merchant(string Id, string SecretKey, string PublishableKey, string AgentKey, string SigningSecret);

/// <summary>One shopper of the pool.</summary>
/// <param name="Position">Where the journal stood when the session was opened: a stream from there misses nothing.</param>
internal sealed record Shopper(int Merchant, string Token, string Customer, string Locale, long Position, bool KeepsStream);

/// <summary>What was prepared: merchants with their questions and answers, and shoppers with sessions.</summary>
/// <param name="Run">Six characters that no other run has: part of every id.</param>
internal sealed record Store(Uri Address, string Run, IReadOnlyList<Merchant> Merchants, IReadOnlyList<Shopper> Shoppers, int NoisyFrom)
{
    /// <summary>Always the same shopper for a journey, so that a step needs to remember nothing.</summary>
    public int ShopperOf(Drill drill, int journey, bool noisy)
    {
        var chance = SeededChance.Of(drill.Seed, journey, purpose: 3);
        return noisy ? NoisyFrom + chance.Below(Shoppers.Count - NoisyFrom) : chance.Below(NoisyFrom);
    }

    public string Conversation(int journey) => FormattableString.Invariant($"d{Run}{journey:x8}");

    public string ClientId(int journey, int turn) => FormattableString.Invariant($"m{Run}{journey:x8}{turn:x2}");

    /// <summary>The journey a conversation belongs to; -1 when it is none of this run's.</summary>
    public int JourneyOf(ReadOnlySpan<byte> conversation)
    {
        if (conversation.Length != 15 || conversation[0] != (byte)'d')
        {
            return -1;
        }

        for (var i = 0; i < Run.Length; i++)
        {
            if (conversation[i + 1] != Run[i])
            {
                return -1;
            }
        }

        return System.Buffers.Text.Utf8Parser.TryParse(conversation[7..], out int journey, out var read, 'x') && read == 8 ? journey : -1;
    }

    /// <summary>The turn of a message of a journey; -1 when the id is not one of the journey's.</summary>
    public int TurnOf(int journey, string clientId)
    {
        if (clientId.Length != 17 || !clientId.AsSpan(0, 15).SequenceEqual(ClientId(journey, 0).AsSpan(0, 15)))
        {
            return -1;
        }

        return int.TryParse(clientId.AsSpan(15), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var turn) ? turn : -1;
    }
}
