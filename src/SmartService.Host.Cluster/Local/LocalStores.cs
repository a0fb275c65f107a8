using System.Globalization;
using SmartService.Host.Commands;

namespace SmartService.Host.Cluster.Local;

/// <summary>PostgreSQL, Redis and HAProxy from Debian's packages, in the cluster's folder and on loopback.</summary>
internal sealed class LocalStores(LocalPlan plan)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public LocalProcess Redis { get; } = new(plan.Folder, "redis");

    public LocalProcess Front { get; } = new(plan.Folder, "haproxy");

    private string Data => Path.Combine(plan.Folder, "postgres");

    private string Log => Path.Combine(plan.Folder, "logs", "postgres.log");

    /// <summary>Null when it does not run.</summary>
    public int? DatabaseId
    {
        get
        {
            var file = Path.Combine(Data, "postmaster.pid");
            return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) && IsPostgres(id)
                ? id : null;
        }
    }

    public async Task StartDatabaseAsync()
    {
        if (DatabaseId is not null)
        {
            return;
        }

        if (!File.Exists(Path.Combine(Data, "PG_VERSION")))
        {
            Directory.CreateDirectory(Data);
            if (Environment.UserName == "root")
            {
                await LocalProcess.RunAsync(Log, "chown", "postgres", Data); // PostgreSQL does not run as root.
            }

            await AsPostgresAsync("initdb", "-D", Data, "-U", "smartservice", "-A", "trust", "-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8");
        }

        await AsPostgresAsync(
            "pg_ctl", "-D", Data, "-w", "-s", "-l", Path.Combine(Data, "server.log"), "-o",
            $"-p {plan.DatabasePort} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400 -c synchronous_commit=on -c shared_buffers=256MB -c max_wal_size=2GB",
            "start");
    }

    /// <summary>Closes every connection at once; nothing that was acknowledged is lost.</summary>
    public async Task StopDatabaseAsync()
    {
        if (DatabaseId is not null)
        {
            await AsPostgresAsync("pg_ctl", "-D", Data, "-w", "-s", "-m", "fast", "stop");
            Npgsql.NpgsqlConnection.ClearAllPools(); // The next database at this address is another one.
        }
    }

    public async Task CreateDatabaseAsync(CancellationToken ct)
    {
        await using var connection = new Npgsql.NpgsqlConnection(plan.Database.Replace("Database=smartservice", "Database=postgres;Pooling=false", StringComparison.Ordinal));
        await connection.OpenAsync(ct);
        await using var find = new Npgsql.NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'smartservice')", connection);
        if (await find.ExecuteScalarAsync(ct) is false)
        {
            await using var create = new Npgsql.NpgsqlCommand("CREATE DATABASE smartservice", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    public async Task StartRedisAsync()
    {
        if (Redis.Id is null)
        {
            await Redis.StartAsync(
                "redis-server",
                ["--bind", "127.0.0.1", "--port", plan.RedisPort.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no", "--dir", plan.Folder]);
        }
    }

    /// <summary>In front of the gateways; one caller stays with one gateway while that one lives.</summary>
    public async Task StartFrontAsync()
    {
        if (Front.Id is not null)
        {
            return;
        }

        var file = Path.Combine(plan.Folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, $$"""
            global
                maxconn 4000
            defaults
                mode http
                timeout connect 1s
                timeout client 1h
                timeout server 1h
                timeout queue 5s
                timeout check 3s
                option redispatch
                retries 2
                retry-on conn-failure
            frontend shoppers
                bind 127.0.0.1:{{plan.Port}}
                http-request set-var(txn.caller) req.hdr(authorization)
                http-request set-var(txn.caller) req.cook(smartservice) unless { var(txn.caller) -m found }
                default_backend gateways
            backend gateways
                balance hash var(txn.caller)
                hash-type consistent
                option httpchk GET /healthz
                default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
            {{string.Join('\n', Enumerable.Range(1, plan.Gateways).Select(g => $"    server gateway-{g} 127.0.0.1:{plan.GatewayPort(g)} check"))}}

            """);
        await Front.StartAsync("haproxy", ["-db", "-f", file]);
    }

    public async Task StopAsync()
    {
        await Front.StopAsync(Patience, "USR1");
        await Redis.StopAsync(Patience);
        await StopDatabaseAsync();
    }

    /// <exception cref="CommandException">A program is missing; says which package has it.</exception>
    public static void CheckPrograms()
    {
        foreach (var (program, package) in new[] { ("redis-server", "redis-server"), ("haproxy", "haproxy"), ("setsid", "util-linux") })
        {
            var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin");
            if (!paths.Any(p => File.Exists(Path.Combine(p, program))))
            {
                throw new CommandException($"{program} is missing; install it with: apt-get install {package}.");
            }
        }

        _ = Programs();
    }

    /// <summary>After a machine was switched off the number in the file may be another process's.</summary>
    private static bool IsPostgres(int process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/comm")).StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // Gone.
        }
    }

    private static string Programs() => (Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(v => Path.Combine(v, "bin")).Where(b => File.Exists(Path.Combine(b, "initdb"))).Max()
        : null) ?? throw new CommandException("PostgreSQL is missing; install it with: apt-get install postgresql-15.");

    private Task AsPostgresAsync(string program, params string[] arguments)
    {
        var command = Path.Combine(Programs(), program);
        return Environment.UserName == "root"
            ? LocalProcess.RunAsync(Log, "setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", command, .. arguments])
            : LocalProcess.RunAsync(Log, command, arguments);
    }
}
