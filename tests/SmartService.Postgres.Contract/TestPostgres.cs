using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SmartService.Postgres.Contract;

/// <summary>One throwaway PostgreSQL for all tests of this run, started from Debian's binaries; a database per test, copied from a migrated one.</summary>
public static class TestPostgres
{
    private static readonly Lazy<Task<string>> Server = new(StartAsync);
    private static readonly ConcurrentDictionary<SchemaMigrations, Lazy<Task<string>>> Migrated = new();
    private static int _databases;

    /// <returns>Connection string of a new database that was migrated.</returns>
    public static async Task<string> CreateDatabaseAsync(SchemaMigrations migrations) =>
        await CreateAsync($" TEMPLATE {await Migrated.GetOrAdd(migrations, m => new(() => MigrateAsync(m))).Value}");

    /// <returns>Connection string of a new database with nothing in it.</returns>
    public static Task<string> CreateEmptyDatabaseAsync() => CreateAsync("");

    public static async Task DropAsync(string database)
    {
        await using (var closed = new NpgsqlConnection(database))
        {
            NpgsqlConnection.ClearPool(closed);
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");
    }

    /// <returns>Name of the database that others are copied from.</returns>
    private static async Task<string> MigrateAsync(SchemaMigrations migrations)
    {
        var database = await CreateEmptyDatabaseAsync();
        await migrations.RunAsync(database, CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(database).Database!;
    }

    private static async Task<string> CreateAsync(string template)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}{template}");
        return $"{await Server.Value};Database={name}";
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{await Server.Value};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> StartAsync()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(v => Path.Combine(v, "bin")).Where(b => File.Exists(Path.Combine(b, "initdb"))).Max()
            : null;
        if (bin is null)
        {
            throw new InvalidOperationException("PostgreSQL is missing: apt-get install postgresql-15. ./smart test does it.");
        }

        var folder = Directory.CreateTempSubdirectory("smartservice-postgres-").FullName;
        RemoveAfterwards(folder, AsPostgres(Path.Combine(bin, "pg_ctl"), "-D", $"{folder}/data", "-m", "immediate", "-s", "stop"));
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", folder); // PostgreSQL does not run as root.
        }

        await AsPostgresAsync(
            Path.Combine(bin, "initdb"), "-D", $"{folder}/data", "-U", "smartservice", "-A", "trust", "--no-sync", "-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8");

        // On a socket in its folder and on no port: runs of several projects side by side cannot take each other's.
        await AsPostgresAsync(
            Path.Combine(bin, "pg_ctl"), "-D", $"{folder}/data", "-w", "-t", "240", "-s", "-l", $"{folder}/log", "-o",
            $"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off -c max_connections=1000", "start");

        // Much longer than by default: a machine with other things to do is no fault of what is tested.
        return $"Host={folder};Username=smartservice;Include Error Detail=true;Timeout=120;Command Timeout=240";
    }

    /// <summary>By a process of its own, that waits for the end of this one: a test host is given a tenth of a second to end, or is killed.</summary>
    private static void RemoveAfterwards(string folder, string[] stop)
    {
        const string script = """
            exec </dev/null >/dev/null 2>&1
            tests=$1 folder=$2
            shift 2
            tail --pid="$tests" -f /dev/null
            "$@"
            rm -rf "$folder"
            """;
        var tests = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", script, "sh", tests, folder, .. stop]) { WorkingDirectory = "/" })!.Dispose();
    }

    private static Task AsPostgresAsync(string command, params string[] arguments) => RunAsync(AsPostgres(command, arguments));

    private static string[] AsPostgres(string command, params string[] arguments) =>
        Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", command, .. arguments] : [command, .. arguments];

    private static async Task RunAsync(params string[] command)
    {
        // Its output is not read: the server inherits the pipes of pg_ctl, and reading them to their end would wait for the server's.
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} failed with {process.ExitCode}.");
        }
    }
}
