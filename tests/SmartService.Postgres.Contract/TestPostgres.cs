using System.Collections.Concurrent;
using System.Diagnostics;
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
        NpgsqlConnection.ClearAllPools();
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
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(bin, folder);

        // Much longer than by default: a machine with other things to do is no fault of what is tested.
        return $"Host={folder};Username=smartservice;Include Error Detail=true;Timeout=120;Command Timeout=240";
    }

    /// <summary>All tests are over: what cannot be taken away in time stays, and fails none of them.</summary>
    private static void Remove(string bin, string folder)
    {
        try
        {
            AsPostgresAsync(Path.Combine(bin, "pg_ctl"), "-D", $"{folder}/data", "-m", "immediate", "-s", "stop").Wait(TimeSpan.FromSeconds(20));
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is AggregateException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{folder} is left behind: {e.Message}");
        }
    }

    private static Task AsPostgresAsync(string command, params string[] arguments) =>
        Environment.UserName == "root" ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", command, .. arguments]) : RunAsync(command, arguments);

    private static async Task RunAsync(string command, params string[] arguments)
    {
        // Its output is not read: the server inherits the pipes of pg_ctl, and reading them to their end would wait for the server's.
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = "/tmp" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} failed with {process.ExitCode}.");
        }
    }
}
