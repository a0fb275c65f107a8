using System.Collections.Immutable;
using Npgsql;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>What the journal takes and what it refuses, under the grains.</summary>
public sealed class JournalWriteTests : IAsyncLifetime
{
    private static readonly StreamKey Key = new("ledger", Ledger.Key("a"));
    private readonly TestStore _store = new();
    private ClusterUnderTest _engine = null!; // set before each test

    public async Task InitializeAsync() => _engine = await ClusterUnderTest.StartAsync(await _store.DatabaseAsync(), new());

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _store.DeleteAsync();
    }

    [Fact]
    public async Task Append_BySecondActivation_IsRefusedWhole_AndSoIsAllItSendsAfter()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await _engine.Journal.AppendAsync(first, 0, Entered("a1", "a2"), null);
        var lost = _engine.Journal.AppendAsync(second, 0, Entered("b1"), null);
        (await Should.ThrowAsync<JournalException>(lost)).OutcomeKnown.ShouldBeTrue();

        // It would fit by its number alone: the stream has two events now.
        await Should.ThrowAsync<JournalException>(async () => await _engine.Journal.AppendAsync(second, 2, Entered("b2"), null));
        (await IdsAsync()).ShouldBe(["a1", "a2"]);
    }

    [Fact]
    public async Task Append_OfBothActivationsInOneBatch_NeitherWritesOverTheOther()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        var appends = Enumerable.Range(0, 20).SelectMany(i => new[] { TryAppendAsync(first, i, $"a{i}"), TryAppendAsync(second, i, $"b{i}") }).ToList();
        var written = (await Task.WhenAll(appends)).Where(id => id is not null).ToList();
        (await IdsAsync()).ShouldBe(written, ignoreOrder: true);
        (await _engine.Journal.ReadEntityAsync("ledger", Key.Entity, CancellationToken.None)).Select(e => e.Version)
            .ShouldBe(Enumerable.Range(1, written.Count).Select(v => (long)v));
    }

    [Fact]
    public async Task Append_LostRace_OthersInTheBatchAreWritten_AndPositionsHaveNoGaps()
    {
        var stale = await OpenAsync();
        await _engine.Journal.AppendAsync(await OpenAsync(), 0, Entered("first"), null);
        var others = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i => await _engine.Journal.OpenAsync(new("ledger", Ledger.Key($"e{i}")), default)));
        var all = others.Select(o => _engine.Journal.AppendAsync(o, 0, Entered("x", "y"), null)).Append(_engine.Journal.AppendAsync(stale, 0, Entered("late"), null)).ToList();
        await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);
        all.Count(a => a.IsFaulted).ShouldBe(1);
        var positions = new List<long>();
        while (positions.LastOrDefault() < _engine.Journal.Head)
        {
            positions.AddRange((await _engine.Journal.ReadAsync(positions.LastOrDefault(), 1_000, default)).Select(e => e.Position));
        }

        positions.ShouldBe(Enumerable.Range(1, 101).Select(p => (long)p));
    }

    [Fact]
    public async Task Open_OfManyAtOnce_EachIsToldWhereItStands()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
            await _engine.Journal.AppendAsync(await OpenAsync(i), 0, Entered([.. Enumerable.Range(0, (i % 3) + 1).Select(e => $"{i}-{e}")]), null)));
        var opened = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (await OpenAsync(i)).OpenedVersion));
        opened.ShouldBe(Enumerable.Range(0, 40).Select(i => i < 30 ? (long)(i % 3) + 1 : 0));
    }

    [Theory]
    [InlineData(0xD800)] // Half of a character: Npgsql does not write it.
    [InlineData(0)] // PostgreSQL does not take it.
    public async Task Open_KeyThatIsNoText_IsRefused_AndNobodyElseIs(int unit)
    {
        var noText = $"no text: {(char)unit}";
        for (var round = 0; round < 3; round++)
        {
            var opens = Enumerable.Range(0, 40).Select(i => i % 10 == 5 ? _engine.Journal.OpenAsync(new("ledger", Ledger.Key(noText)), default) : OpenAsync(i)).Select(o => o.AsTask()).ToList();
            await Task.WhenAll(opens).WaitAsync(TimeSpan.FromMinutes(1)).ContinueWith(_ => { }, TaskScheduler.Default);
            opens.Where((o, i) => i % 10 != 5 && o.IsFaulted).Select(o => o.Exception!.ToString()).ShouldBeEmpty();
            opens.Select(o => o.Status).ShouldBe(Enumerable.Range(0, 40).Select(i => i % 10 == 5 ? TaskStatus.Faulted : TaskStatus.RanToCompletion));
            opens[5].Exception!.InnerException.ShouldBeOfType<JournalException>().OutcomeKnown.ShouldBeTrue();
        }
    }

    /// <summary>Npgsql has thrown plain exceptions before ("Please file a bug"): nobody may wait for an answer that does not come.</summary>
    [Fact]
    public async Task Open_FailsInAWayNobodyExpects_IsTold_AndTheNextIsAsked()
    {
        var fails = true;
        var builder = new NpgsqlDataSourceBuilder(await _store.DatabaseAsync());
        builder.UsePhysicalConnectionInitializer(_ => { }, _ => fails ? throw new FormatException("of a kind that is listed nowhere") : Task.CompletedTask);
        await using var database = builder.Build();
        var opener = new StreamOpener(database);
        (await Should.ThrowAsync<JournalException>(opener.OpenAsync(Key, default).WaitAsync(TimeSpan.FromMinutes(1)))).OutcomeKnown.ShouldBeTrue();
        fails = false;
        (await opener.OpenAsync(Key, default).WaitAsync(TimeSpan.FromMinutes(1))).OpenedVersion.ShouldBe(0);
    }

    [Fact]
    public async Task Append_WithWhatPostgresCannotBeGiven_Fails_AndTheWriterGoesOn()
    {
        var (bad, good) = (await OpenAsync(1), await OpenAsync(2));
        var failed = _engine.Journal.AppendAsync(bad, 0, [new LedgerEvent.Entered("x", 1, null, null)], new("half of a character: \ud800"));
        (await Should.ThrowAsync<JournalException>(failed.WaitAsync(TimeSpan.FromMinutes(1)))).OutcomeKnown.ShouldBeTrue(); // It was never sent.
        await _engine.Journal.AppendAsync(good, 0, Entered("y"), null).WaitAsync(TimeSpan.FromMinutes(1));
        (await Should.ThrowAsync<JournalException>(async () => await _engine.Journal.AppendAsync(bad, 1, Entered("z"), null))).OutcomeKnown.ShouldBeTrue(); // Its stream is broken.
    }

    [Fact]
    public async Task Append_WithWhatPostgresCannotBeGiven_LeavesThoseGatheredBesideItAlone()
    {
        var streams = new List<JournalStream>();
        for (var i = 0; i < 40; i++)
        {
            streams.Add(await OpenAsync(i));
        }

        var appends = streams.Select((stream, i) => _engine.Journal.AppendAsync(
            stream, 0, [new LedgerEvent.Entered($"{i}", 1, null, null)], i % 10 == 5 ? new("half of a character: \ud800") : null)).ToList();
        await Task.WhenAll(appends).WaitAsync(TimeSpan.FromMinutes(1)).ContinueWith(_ => { }, TaskScheduler.Default);
        appends.Select(a => a.Status).ShouldBe(Enumerable.Range(0, 40).Select(i => i % 10 == 5 ? TaskStatus.Faulted : TaskStatus.RanToCompletion));
        appends.Where(a => a.IsFaulted).ShouldAllBe(a => ((JournalException)a.Exception!.InnerException!).OutcomeKnown);
    }

    [Fact]
    public async Task Batch_SentAgainUnderItsNumber_IsAnsweredAndNotWrittenAgain()
    {
        await using var database = NpgsqlDataSource.Create(await _store.DatabaseAsync());
        await using var connection = await database.OpenConnectionAsync();
        var writer = Guid.NewGuid();
        var batch = new AppendBatch();
        batch.Add(new AppendWork(new ClusterStream(Key, 0), 1, ["ledger-entered"], ["{}"u8.ToArray()], [null], DateTimeOffset.UnixEpoch));
        batch.Add(new AppendWork(new ClusterStream(new("ledger", Ledger.Key("b")), 0), 5, ["ledger-entered"], ["{}"u8.ToArray()], [null], DateTimeOffset.UnixEpoch));
        var first = await batch.SendAsync(connection, writer, 1, again: false, default);
        var again = await batch.SendAsync(connection, writer, 1, again: true, default);
        first.Before.ShouldBe(0);
        first.Refused.ShouldBe([2]); // Its version does not follow.
        again.Before.ShouldBe(first.Before);
        again.Refused.ShouldBe(first.Refused);
        await using var count = database.CreateCommand("SELECT count(*) FROM journal");
        (await count.ExecuteScalarAsync()).ShouldBe(1L);
    }

    private static ImmutableArray<object> Entered(params string[] ids) => [.. ids.Select(id => new LedgerEvent.Entered(id, 1, null, null))];

    private ValueTask<JournalStream> OpenAsync(int entity) => _engine.Journal.OpenAsync(new("ledger", Ledger.Key($"many-{entity}")), CancellationToken.None);

    private ValueTask<JournalStream> OpenAsync() => _engine.Journal.OpenAsync(Key, CancellationToken.None);

    private async Task<string?> TryAppendAsync(JournalStream stream, long version, string id)
    {
        try
        {
            await _engine.Journal.AppendAsync(stream, version, Entered(id), null);
            return id;
        }
        catch (JournalException e) when (e.OutcomeKnown)
        {
            return null;
        }
    }

    private async Task<IEnumerable<string>> IdsAsync() =>
        (await _engine.Journal.ReadEntityAsync("ledger", Key.Entity, CancellationToken.None)).Select(e => ((LedgerEvent.Entered)e.Event).Id);
}
