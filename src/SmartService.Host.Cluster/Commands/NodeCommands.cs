using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Backoffice.Postgres;
using SmartService.Backoffice.Postgres.Schema;
using SmartService.Engine.Cluster;
using SmartService.Engine.Cluster.Schema;
using SmartService.Gateway.Operations;
using SmartService.Host.Commands;
using SmartService.Host.Running;
using SmartService.ReadModels.Postgres;
using SmartService.ReadModels.Postgres.Schema;

namespace SmartService.Host.Cluster.Commands;

/// <summary>What one process of the cluster does. Everything else is in the settings, section SmartService:Cluster.</summary>
internal static class NodeCommands
{
    public static Command BuildRun()
    {
        var port = new Option<int?>("--port") { Description = "Port to listen on, this machine only. Default 8080", HelpName = "N" };
        var data = SharedOptions.Data();
        var urls = new Option<string?>("--urls") { Description = "Addresses instead of --port, for example http://0.0.0.0:8080", HelpName = "URLS" };
        var demo = new Option<bool>("--no-demo") { Description = "Without the three demo stores" };
        var command = new Command("run", "Starts a gateway, or with SmartService:Cluster:Role both a silo and a gateway in one process.") { port, data, urls, demo };
        command.SetAction((parsed, ct) => GuardAsync(() => ServerRun.RunAsync(
            new(parsed.GetValue(port), parsed.GetValue(data), parsed.GetValue(urls), null, parsed.GetValue(demo) ? false : null) { Brings = Bring }, Console.Out, ct)));
        return command;
    }

    public static Command BuildSilo()
    {
        var urls = new Option<string?>("--urls") { Description = "Where it says how it is (/healthz, /readyz, /metrics), for example http://127.0.0.1:8081. Default nowhere", HelpName = "URLS" };
        var command = new Command("silo", "Starts a silo: keeps entities and writes the journal; speaks to no shopper.") { urls };
        command.SetAction((parsed, ct) => GuardAsync(() => RunSiloAsync(parsed.GetValue(urls), ct)));
        return command;
    }

    public static Command BuildMigrate()
    {
        var database = new Option<string?>("--database") { Description = "Connection string. Default SmartService:Cluster:Database", HelpName = "TEXT" };
        var command = new Command("migrate", "Brings the database to the shape this program needs. Safe to run again, and from several nodes at once.") { database };
        command.SetAction((parsed, ct) => GuardAsync(async () =>
        {
            var text = parsed.GetValue(database) ?? Configured(ClusterRole.Gateway).Database;
            await MigrateAsync(text, Console.Out, ct);
            return 0;
        }));
        return command;
    }

    /// <summary>Brings journal, read models and members to the shape this program needs.</summary>
    internal static async Task MigrateAsync(string database, TextWriter output, CancellationToken ct)
    {
        var journal = await JournalSchema.Migrations.RunAsync(database, ct);
        var models = await PostgresReadModelSchema.Migrations.RunAsync(database, ct);
        var members = await MembersSchema.Migrations.RunAsync(database, ct);
        await output.WriteLineAsync($"The database {Went(journal)}, its read models {Went(models)}, its members {Went(members)}.");
        static string Went((int From, int To) run) => run.From == run.To ? $"is at version {run.To}" : $"went from version {run.From} to {run.To}";
    }

    /// <summary>The members all gateways share, for verbs that start no server.</summary>
    internal static void AddMembers(IServiceCollection services)
    {
        var options = Configured(ClusterRole.Gateway);
        services.AddPostgresMembers(options.Database, options.Node);
    }

    internal static ClusterOptions Options(IConfiguration configuration, ClusterRole role)
    {
        var options = new ClusterOptions { Role = role };
        configuration.GetSection(ClusterOptions.Section).Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        return options;
    }

    /// <summary>What files, environment and secrets say, for a verb that starts no server.</summary>
    internal static ClusterOptions Configured(ClusterRole role) => Options(Configured(WebApplication.CreateBuilder().Configuration), role);

    /// <summary>What PostgreSQL answers is told in a line too.</summary>
    internal static Task<int> GuardAsync(Func<Task<int>> verb) => OneLine.GuardAsync(Console.Error, async () =>
    {
        try
        {
            return await verb();
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or Engine.JournalException)
        {
            throw new CommandException(e.Message.ReplaceLineEndings(" "));
        }
    });

    private static void Bring(WebApplicationBuilder builder, HostSettings settings)
    {
        var options = Options(builder.Configuration, ClusterRole.Gateway);
        if (options.Role == ClusterRole.Silo)
        {
            throw new SettingsException([$"{ClusterOptions.Section}:Role must be gateway or both for this verb; a silo is started by the verb silo."]);
        }

        Directory.CreateDirectory(settings.Data); // Keys and stores' models may lie there; the embedded engine would have made it.
        Quieten(builder.Logging);
        builder.AddClusterEngine(options);
        builder.Services.AddPostgresReadModels(o => (o.Database, o.MostConnections) = (options.Database, Math.Max(4, options.MostConnections / 4)));
        builder.Services.AddPostgresMembers(options.Database, options.Node);
        builder.Services.AddClusterFigures();
    }

    private static async Task<int> RunSiloAsync(string? urls, CancellationToken ct)
    {
        using var host = urls is null ? BuildSilo(Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }))
            : BuildListeningSilo(urls);
        await host.StartAsync(ct);
        var options = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ClusterOptions>>().Value;
        await Console.Out.WriteLineAsync($"SmartService {VersionCommand.Text} keeps entities as {options.Node}, ports {options.SiloPort} and {options.GatewayPort}");
        await host.WaitForShutdownAsync(ct);
        await Console.Out.WriteLineAsync("Stopped.");
        return 0;
    }

    private static IHost BuildSilo(HostApplicationBuilder builder)
    {
        AddSilo(builder);
        return builder.Build();
    }

    private static WebApplication BuildListeningSilo(string urls)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        AddSilo(builder);
        builder.Services.AddFigures(builder.Configuration);
        var app = builder.Build();
        app.MapSilo();
        return app;
    }

    private static void AddSilo(IHostApplicationBuilder builder)
    {
        Configured(builder.Configuration);
        builder.Logging.ClearProviders().AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat, o.UseUtcTimestamp) = (true, "HH:mm:ss ", true));
        Quieten(builder.Logging);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(20));
        var options = Options(builder.Configuration, ClusterRole.Silo);
        options.Role = ClusterRole.Silo;
        builder.AddClusterEngine(options);
        builder.Services.AddClusterFigures();
    }

    private static IConfigurationManager Configured(IConfigurationManager configuration)
    {
        configuration.AddSecretSettings();
        return configuration;
    }

    /// <summary>Orleans tells much at the start that helps nobody who runs a shop.</summary>
    private static void Quieten(ILoggingBuilder logging) => logging
        .AddFilter("Orleans", LogLevel.Warning)
        .AddFilter("Orleans.Runtime.Membership", LogLevel.Error)
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
        .AddFilter("Orleans.Runtime.Messaging", LogLevel.Error)
        .AddFilter("Orleans.Networking", LogLevel.Error);
}
