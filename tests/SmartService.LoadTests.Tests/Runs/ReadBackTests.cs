using SmartService.Drill.Driving;
using SmartService.Drills.Checking;
using SmartService.Drills.Shoppers;

namespace SmartService.LoadTests.Tests.Runs;

/// <summary>Reading back from servers that do not give everything: 200 conversations of one message.</summary>
public sealed class ReadBackTests
{
    private const int Conversations = 200;
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 63\r\n\r\n{\"messages\":[{\"number\":1,\"author\":\"customer\",\"text\":\"hello\"}]}\n";

    [Fact]
    public async Task ServerThatGivesEverything_IsReadWhole()
    {
        await using var server = new FakeServer((_, _) => Task.FromResult<string?>(Whole));
        var (readBack, reconciliation) = await ReadAsync(server.Start(), TimeSpan.FromMinutes(1));
        (readBack, reconciliation.NotReadBack).ShouldBe((Conversations, 0L));
    }

    [Fact]
    public async Task ServerThatIsGone_EndsTheReading_AndNothingIsKnown()
    {
        string address;
        await using (var gone = new FakeServer((_, _) => Task.FromResult<string?>(null)))
        {
            address = gone.Start();
        }

        var (read, reconciliation) = await ReadAsync(address, TimeSpan.FromMilliseconds(200));
        (read, reconciliation.NotReadBack).ShouldBe((0, (long)Conversations));
        reconciliation.Discrepancies[0].ShouldContain("could not be read back: it was not answered");
    }

    [Fact]
    public async Task ConversationThatIsRefusedForEver_IsNotReadBack()
    {
        await using var server = new FakeServer((request, _) => Task.FromResult<string?>(
            request.Contains("dabcdef00000005", StringComparison.Ordinal) ? "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n" : Whole));
        var (read, reconciliation) = await ReadAsync(server.Start(), TimeSpan.FromSeconds(2));
        reconciliation.NotReadBack.ShouldBe(Conversations - read);
        reconciliation.NotReadBack.ShouldBeGreaterThan(0);
        reconciliation.Discrepancies.ShouldContain(d => d.StartsWith("Conversation dabcdef00000005 could not be read back: it ", StringComparison.Ordinal));
    }

    private static async Task<(int Read, Reconciliation)> ReadAsync(string address, TimeSpan patience)
    {
        var store = Some.Store(address: address);
        var ledger = new Ledger(Conversations + 1, 1); // The last was never sent.
        for (var journey = 0; journey < Conversations; journey++)
        {
            ledger.Sent(journey, 0);
        }

        var reconciliation = new Reconciliation(ledger, store);
        using var readBack = new ReadBack(new Requests(Some.SmallDrill(), int.MaxValue, store), ledger, store, reconciliation) { Patience = patience };
        await readBack.RunAsync();
        return (readBack.Read, reconciliation);
    }
}
