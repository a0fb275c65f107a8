using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using SmartService.ReadModels.Postgres.Schema;

namespace SmartService.ReadModels.Postgres.Tests;

/// <summary>One throwaway PostgreSQL for all tests of this run, started from Debian's binaries; a database per test, copied from a migrated one.</summary>
internal static class TestPostgres
{
    private const string Template = "migrated";
    private static readonly Lazy<Task<string>> Server = new(StartAsync);
    private static int _databases;

    /// <returns>Connection string of a new, migrated database.</returns>
    public static Task<string> CreateDatabaseAsync() => CreateAsync($" TEMPLATE {Template}");

    /// <returns>Connection string of a new database with nothing in it.</returns>
    public static Task<string> CreateEmptyDatabaseAsync() => CreateAsync("");

    public static Task DropAsync(string database) => ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");

    private static async Task<string> CreateAsync(string template)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}{template}");
        return $"{await Server.Value};Database={name}";
    }

    private static async Task ExecuteAsync(string sql) => await ExecuteAsync(await Server.Value, sql);

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false");
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
        var port = FreePort();
        await AsPostgresAsync(
            Path.Combine(bin, "pg_ctl"), "-D", $"{folder}/data", "-w", "-s", "-l", $"{folder}/log", "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off -c max_connections=400", "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            AsPostgresAsync(Path.Combine(bin, "pg_ctl"), "-D", $"{folder}/data", "-m", "immediate", "-s", "stop").Wait(TimeSpan.FromSeconds(20));
            Directory.Delete(folder, recursive: true);
        };
        var server = $"Host=127.0.0.1;Port={port};Username=smartservice;Include Error Detail=true";
        await ExecuteAsync(server, $"CREATE DATABASE {Template}");
        await ReadModelMigrations.RunAsync($"{server};Database={Template}", CancellationToken.None);
        return server;
    }

    /// <summary>Nobody else begins where these tests do; what is in use is passed over.</summary>
    private static int FreePort()
    {
        for (var port = 22_000 + (Environment.ProcessId % 400); ; port++)
        {
            try
            {
                using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (port < 22_999)
            {
                // In use: the next one.
            }
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
