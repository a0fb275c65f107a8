using System.Text.Json;
using SmartService.Drills.Stores;

namespace SmartService.Drills.Checking;

/// <summary>
/// Holds what the server has against what it promised. Pure: conversations come in as the API gave them. One message may be
/// counted under one heading only, the worst first: lost, doubled, out of order.
/// </summary>
internal sealed class Reconciliation(Ledger ledger, Store store)
{
    private const int MostDiscrepancies = 20;
    private readonly Lock _gate = new();
    private readonly List<string> _discrepancies = [];

    public long Lost { get; private set; }

    public long Doubled { get; private set; }

    public long Reordered { get; private set; }

    public long PushesMissed { get; private set; }

    /// <summary>Conversations the server did not give back: nothing is known of them.</summary>
    public long NotReadBack { get; private set; }

    /// <summary>Messages that were acknowledged and are there, once and in their place.</summary>
    public long Kept { get; private set; }

    public IReadOnlyList<string> Discrepancies => _discrepancies;

    /// <param name="conversation">The conversation's JSON; empty when the server has none.</param>
    /// <param name="wasStreamed">Whether every answer should have come over a stream.</param>
    public void Check(int journey, ReadOnlySpan<byte> conversation, bool wasStreamed)
    {
        var messages = conversation.IsEmpty ? [] : Read(conversation);
        lock (_gate)
        {
            CheckMessages(journey, messages);
            CheckAnswers(journey, messages);
            if (wasStreamed)
            {
                var answers = messages.Count(m => !m.IsShopper);
                PushesMissed += Math.Max(0, answers - ledger.PushedOf(journey));
            }
        }
    }

    /// <summary>The server did not give a conversation back.</summary>
    public void Unreadable(int journey, string why)
    {
        if (_discrepancies.Count < MostDiscrepancies)
        {
            _discrepancies.Add($"Conversation {store.Conversation(journey)} could not be read back: it {why}.");
        }
    }

    /// <summary>How many conversations were not read, once reading is over.</summary>
    public void Unread(int conversations) => NotReadBack = conversations;

    private void CheckMessages(int journey, List<KeptMessage> messages)
    {
        var lastTurn = -1;
        var seen = new int[ledger.MessagesEach];
        foreach (var message in messages.Where(m => m.ClientId is not null))
        {
            var turn = store.TurnOf(journey, message.ClientId!);
            if (turn < 0 || turn >= seen.Length)
            {
                continue;
            }

            if (++seen[turn] > 1)
            {
                Doubled++;
                Say(journey, turn, $"is there again as number {message.Number}");
                continue;
            }

            // What was never acknowledged may be there or not, and where it likes: the shopper was told nothing.
            if (ledger.StateOf(journey, turn) != MessageState.Acknowledged)
            {
                continue;
            }

            var promised = ledger.NumberOf(journey, turn);
            if (turn < lastTurn || (promised > 0 && promised != message.Number))
            {
                Reordered++;
                Say(journey, turn, $"was promised as number {promised} and is number {message.Number}, after message {lastTurn}");
            }
            else
            {
                Kept++;
            }

            lastTurn = Math.Max(lastTurn, turn);
        }

        for (var turn = 0; turn < seen.Length; turn++)
        {
            if (seen[turn] == 0 && ledger.StateOf(journey, turn) == MessageState.Acknowledged)
            {
                Lost++;
                Say(journey, turn, $"was acknowledged as number {ledger.NumberOf(journey, turn)} and is not there");
            }
        }
    }

    /// <summary>Nothing is said twice: one answer of the bot to a message, and numbers without a gap or a repetition.</summary>
    private void CheckAnswers(int journey, List<KeptMessage> messages)
    {
        var answered = new HashSet<int>();
        foreach (var message in messages.Where(m => m is { IsShopper: false, Replies: > 0 }))
        {
            if (!answered.Add(message.Replies))
            {
                Doubled++;
                Say(journey, message.Replies, $"was answered again by number {message.Number}");
            }
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Number != i + 1)
            {
                Reordered++;
                Say(journey, i, $"stands at place {i + 1} with number {messages[i].Number}");
                return;
            }
        }
    }

    private void Say(int journey, int turn, string what)
    {
        if (_discrepancies.Count < MostDiscrepancies)
        {
            _discrepancies.Add($"Conversation {store.Conversation(journey)}, message {turn}: {what}.");
        }
    }

    private static List<KeptMessage> Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return [.. document.RootElement.GetProperty("messages").EnumerateArray().Select(m => new KeptMessage(
            m.GetProperty("number").GetInt32(),
            m.GetProperty("author").GetString() == "customer",
            m.TryGetProperty("clientId", out var id) ? id.GetString() : null,
            m.TryGetProperty("replies", out var replies) ? replies.GetInt32() : 0))];
    }

    private readonly record struct KeptMessage(int Number, bool IsShopper, string? ClientId, int Replies);
}
