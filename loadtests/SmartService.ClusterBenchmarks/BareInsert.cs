using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace SmartService.Benchmarks.Cluster;

/// <summary>What PostgreSQL asks for a row: one multi-row insert after another into a table like the journal, its keys and indexes included, nothing else.</summary>
internal static class BareInsert
{
    public const int Rows = 100;
    private const int BodyBytes = 256;

    /// <returns>Rows per second, and CPU microseconds of a row: the caller's and PostgreSQL's.</returns>
    public static async Task<(double PerSecond, double Micros)> MeasureAsync(string database, TimeSpan time, Func<double> databaseCpu)
    {
        await using var source = NpgsqlDataSource.Create(database + ";Max Auto Prepare=8;Auto Prepare Min Usages=2");
        await using var create = source.CreateCommand("CREATE TABLE bench_insert (LIKE journal INCLUDING ALL)");
        await create.ExecuteNonQueryAsync();
        var position = 0L;
        bool settled;
        do
        {
            var (compiled, spent) = (RuntimeCost.Now.Compiling, Environment.CpuUsage.TotalTime.TotalSeconds);
            await InsertAsync(source, LoadCost.WarmUp, () => position += Rows);
            settled = RuntimeCost.Now.Compiling - compiled < LoadCost.MostCompiling * (Environment.CpuUsage.TotalTime.TotalSeconds - spent);
        }
        while (!settled);

        var (cpu, clock, from) = (Environment.CpuUsage.TotalTime.TotalSeconds + databaseCpu(), Stopwatch.StartNew(), position);
        await InsertAsync(source, time, () => position += Rows);
        var seconds = clock.Elapsed.TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime.TotalSeconds + databaseCpu() - cpu;
        return ((position - from) / seconds, cpu * 1e6 / (position - from));
    }

    private static async Task InsertAsync(NpgsqlDataSource source, TimeSpan time, Func<long> next)
    {
        var (body, clock) = (new byte[BodyBytes], Stopwatch.StartNew());
        while (clock.Elapsed < time)
        {
            var last = next();
            var positions = Enumerable.Range(0, Rows).Select(i => last - i).ToArray();
            await using var insert = source.CreateCommand("""
                INSERT INTO bench_insert (position, tenant, region, entity, version, kind, feed, at, body)
                SELECT p, 'bench', 'conversation', e, 1, 'conversation-customer-asked', e, now(), b FROM unnest($1, $2, $3) AS x(p, e, b)
                """);
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = positions });
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = Array.ConvertAll(positions, p => $"c{p}") });
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = Array.ConvertAll(positions, _ => body) });
            await insert.ExecuteNonQueryAsync();
        }
    }
}
