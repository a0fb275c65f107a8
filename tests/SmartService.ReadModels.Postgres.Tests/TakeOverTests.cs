using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Following;
using SmartService.Postgres.Contract;
using SmartService.ReadModels.Postgres.Schema;
using SmartService.ReadModels.Postgres.Storage;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Postgres.Tests;

/// <summary>Two nodes over the same tables, each of which believes for a moment that it projects.</summary>
public sealed class TakeOverTests : IAsyncLifetime
{
    private readonly ShopJournal _journal = new RandomShop(7).Happen(200).Journal;
    private string _database = "";
    private string _expected = "";

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.CreateDatabaseAsync(PostgresReadModelSchema.Migrations);
        await using var alone = (PostgresFixture)await PostgresFixture.OpenAsync(_journal, null);
        await alone.FollowAsync();
        _expected = alone.Dump();
    }

    public Task DisposeAsync() => TestPostgres.DropAsync(_database);

    [Fact]
    public async Task Holder_OvertakenBetweenReadingAndWriting_WritesNothing()
    {
        await using var stale = new PostgresFixture(_database, _journal);
        await using var next = new PostgresFixture(_database, _journal);
        var tables = (PostgresReadModels)stale.Get<IReadModelStore>();
        var first = Segments.Of(_journal.Events, 0).First();
        (await tables.PositionAsync(default)).ShouldBe(0);
        await tables.PrepareAsync(first, default);

        await next.FollowAsync();
        var fenced = !await tables.WriteAsync(first, default);

        fenced.ShouldBeTrue("it left the position at 0, and it is elsewhere now");
        next.Dump().ShouldBe(_expected);
        (await tables.PositionAsync(default)).ShouldBe(_journal.Head, "it looks again instead of trying with what it knew");
    }

    [Fact]
    public async Task Holder_OfTablesThatWereEmptiedAndFilledMeanwhile_WritesNothing()
    {
        await using var stale = new PostgresFixture(_database, _journal);
        await stale.FollowAsync();
        var tables = (PostgresReadModels)stale.Get<IReadModelStore>();
        _journal.Visit("late", "v");
        var last = Segments.Of(_journal.Events, _journal.Head - 1).Single();
        await tables.PrepareAsync(last, default);

        await using (var tool = new PostgresFixture(_database, _journal))
        {
            await tool.Rebuild.RunAsync(null, default);
            tool.Rows($"UPDATE read_models.progress SET position = {_journal.Head - 1} RETURNING 1"); // The same place as before, in other tables.
        }

        (await tables.WriteAsync(last, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Holder_DiesInTheMiddleOfItsStatement_TheNextLosesAndDoublesNothing()
    {
        await using var holder = new PostgresFixture(_database, _journal);
        await using var next = new PostgresFixture(_database, _journal);
        Task writing;
        await using (var obstacle = await ObstacleAsync())
        {
            writing = holder.FollowAsync();
            var process = await WaitingProcessAsync();
            await obstacle.RunAsync($"SELECT pg_terminate_backend({process})");
            await Should.ThrowAsync<NpgsqlException>(() => writing);
            next.Rows("SELECT position FROM read_models.progress")[0][0].ShouldBe(0L, "the position went back with the rows");
        }

        await next.FollowAsync();
        next.Dump().ShouldBe(_expected);
    }

    [Fact]
    public async Task Lease_PassesOnInTheMiddleOfABatch_EachEventIsAppliedOnce()
    {
        var (first, second) = (new Lease("first") { IsLeading = true }, new Lease("second"));
        var checkpoints = new Checkpoints();
        var journal = new Whole(_journal);
        await using var one = new PostgresFixture(_database, _journal);
        await using var two = new PostgresFixture(_database, _journal);
        using var runsOne = Runner(journal, checkpoints, one, first);
        using var runsTwo = Runner(journal, checkpoints, two, second);
        await using (var obstacle = await ObstacleAsync())
        {
            await runsOne.StartAsync(default);
            await runsTwo.StartAsync(default);
            await WaitingProcessAsync();
            (first.IsLeading, second.IsLeading) = (false, true); // The first is in the middle of its statement.
            second.Take();
        }

        await checkpoints.ReachedAsync(_journal.Head);
        await runsOne.StopAsync(default);
        await runsTwo.StopAsync(default);
        two.Dump().ShouldBe(_expected);
        two.Count("timeline").ShouldBe(one.Rows("SELECT count(DISTINCT position) FROM read_models.timeline")[0][0]);
    }

    [Fact]
    public async Task Rebuild_WhileAnotherNodeProjects_GivesTheSame()
    {
        await using var node = new PostgresFixture(_database, _journal);
        await using var tool = new PostgresFixture(_database, _journal);
        await node.FollowAsync();

        var rebuild = tool.Rebuild.RunAsync(null, default).AsTask();
        await Task.WhenAll(rebuild, node.FollowAsync());
        await node.Follower.HandleAsync([_journal.Events[^1]], default);

        node.Dump().ShouldBe(_expected);
    }

    private static FollowerRunner Runner(IJournalReader journal, ICheckpoints checkpoints, ReadModelsUnderTest models, ILeadership lease) => new(
        journal, checkpoints, [models.Follower], Options.Create(new FollowerOptions { LargeBatchSize = 50, Pace = TimeSpan.Zero, CheckpointEvery = TimeSpan.FromMilliseconds(5) }),
        TimeProvider.System, NullLogger<FollowerRunner>.Instance, lease);

    /// <summary>A row that somebody else is about to write: whoever needs it too waits in the middle of the statement.</summary>
    private async Task<Session> ObstacleAsync()
    {
        var customer = _journal.Events.First(e => e.Region == "customer").Entity.Id;
        var obstacle = new Session(_database);
        await obstacle.RunAsync(
            $"""
            BEGIN;
            INSERT INTO read_models.customers (tenant, id, tier, identified, first_seen, last_seen, orders, conversations, erased)
            VALUES ('{ShopJournal.Tenant.Value}', '{customer}', 0, false, 0, 0, 0, 0, false)
            """);
        return obstacle;
    }

    /// <summary>The server's process in which a node waits for the obstacle. Asked by another connection: within a transaction the answer would never change.</summary>
    private async Task<int> WaitingProcessAsync()
    {
        await using var looking = new Session(_database);
        while (true)
        {
            if (await looking.RunAsync("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'WITH moved%' LIMIT 1") is int process)
            {
                return process;
            }

            await Task.Delay(5);
        }
    }

    private sealed class Session(string database) : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection = new(database + ";Pooling=false");

        public async Task<object?> RunAsync(string sql)
        {
            if (_connection.State != System.Data.ConnectionState.Open)
            {
                await _connection.OpenAsync();
            }

            await using var command = new NpgsqlCommand(sql, _connection);
            return await command.ExecuteScalarAsync();
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }

    private sealed class Lease(string node) : ILeadership
    {
        private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Node => node;

        public bool IsLeading { get; set; }

        public void Take() => _taken.SetResult();

        public async ValueTask WaitAsync(CancellationToken ct)
        {
            if (!IsLeading)
            {
                await _taken.Task.WaitAsync(ct);
            }
        }
    }

    private sealed class Checkpoints : ICheckpoints
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _position;
        private long _wanted = long.MaxValue;

        public ValueTask<long> LoadAsync(string follower, CancellationToken ct)
        {
            lock (_gate)
            {
                return new(_position);
            }
        }

        public ValueTask SaveAsync(string follower, long position, CancellationToken ct)
        {
            lock (_gate)
            {
                _position = Math.Max(_position, position);
                Tell();
            }

            return default;
        }

        public Task ReachedAsync(long position)
        {
            lock (_gate)
            {
                _wanted = position;
                Tell();
            }

            return _reached.Task;
        }

        private void Tell()
        {
            if (_position >= _wanted)
            {
                _reached.TrySetResult();
            }
        }
    }

    /// <summary>A journal that is all there: whoever waits beyond its end waits for ever.</summary>
    private sealed class Whole(ShopJournal journal) : IJournalReader
    {
        public long Head => journal.Head;

        public ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct) => journal.ReadAsync(after, limit, ct);

        public ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct) => journal.ReadEntityAsync(region, key, ct);

        public async ValueTask WaitBeyondAsync(long position, CancellationToken ct)
        {
            if (position >= Head)
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
        }
    }
}
