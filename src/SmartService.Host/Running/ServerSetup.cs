using Microsoft.Extensions.Options;
using SmartService.Assistance;
using SmartService.Assistance.Learning;
using SmartService.Engine.Embedded;
using SmartService.Engine.Following;
using SmartService.Gateway;
using SmartService.Gateway.Limits;
using SmartService.Host.Demo;
using SmartService.Host.Standby;
using SmartService.Intent;
using SmartService.ReadModels;

namespace SmartService.Host.Running;

/// <summary>What is wired to what.</summary>
internal static class ServerSetup
{
    /// <exception cref="SettingsException">Settings are wrong.</exception>
    public static WebApplication Build(RunArguments arguments)
    {
        var (builder, settings) = Prepare(arguments);
        return Build(builder, settings, arguments);
    }

    /// <summary>Reads the settings; nothing is wired yet.</summary>
    /// <exception cref="SettingsException">Settings are wrong.</exception>
    public static (WebApplicationBuilder Builder, HostSettings Settings) Prepare(RunArguments arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddSecretSettings();
        builder.Configuration.AddInMemoryCollection(arguments.Overrides);
        return (builder, HostSettings.Read(builder.Configuration, arguments));
    }

    public static WebApplication Build(WebApplicationBuilder builder, HostSettings settings, RunArguments arguments)
    {
        var data = Path.GetFullPath(settings.Data);
        builder.Logging.ClearProviders().AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.TimestampFormat = "HH:mm:ss ";
            o.UseUtcTimestamp = true;
        });

        // Why a start failed is told once, in a line, by who started it (OneLine); the host would tell it before with its whole stack.
        var started = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);
        builder.Services.AddSingleton(settings);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = settings.StopWithin);
        builder.WebHost.UseUrls([.. settings.Addresses()]);
        builder.Services.AddOptions<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>()
            .Configure<IOptions<GatewayOptions>>((kestrel, gateway) => kestrel.ConfigureGatewayKestrel(gateway.Value));

        // The engine first: hosted services stop in the opposite order, so it closes last.
        (arguments.Brings ?? AddEmbedded)(builder, settings);
        AddParts(builder.Services, builder.Configuration, data, Path.GetFullPath(settings.Keys!));
        if (settings.Demo)
        {
            builder.Services.AddDemo(Path.GetFullPath(settings.Keys!));
        }

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => started = true);
        app.MapGateway();
        if (settings.Demo)
        {
            app.MapDemo();
        }

        return app;
    }

    /// <summary>Only journal and read models: nothing listens and nobody answers.</summary>
    public static ServiceProvider BuildForRebuild(string data)
    {
        var services = new ServiceCollection();
        Directory.CreateDirectory(data);
        services.AddLogging();
        services.AddEmbeddedEngine(o => o.DataDirectory = Path.GetFullPath(data));
        services.AddReadModels(o => o.DataDirectory = Path.GetFullPath(data));
        return services.BuildServiceProvider();
    }

    /// <summary>Journal, read models and what a training needs: nothing listens, nobody answers and no night comes.</summary>
    public static ServiceProvider BuildForTraining(string data)
    {
        var services = new ServiceCollection();
        var folder = Path.GetFullPath(data);
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();
        var assistance = new AssistanceOptions();
        configuration.GetSection("SmartService:Assistance").Bind(assistance, Strictly);
        assistance.Learning.Folder = EmbeddedData.CompanionsIn(folder);
        services.AddLogging();
        services.AddEmbeddedEngine(o => o.DataDirectory = folder);
        services.AddReadModels(o => o.DataDirectory = folder);
        services.AddIntent(o => configuration.GetSection(IntentOptions.Section).Bind(o, Strictly));
        services.AddLearning(assistance);
        return services.BuildServiceProvider();
    }

    private static void AddEmbedded(WebApplicationBuilder builder, HostSettings settings)
    {
        builder.Services.AddEmbeddedEngine(o =>
        {
            builder.Configuration.GetSection(EmbeddedEngineOptions.Section).Bind(o, Strictly);
            o.DataDirectory = Path.GetFullPath(settings.Data);
        });
        builder.Services.AddReadModels(o => o.DataDirectory = Path.GetFullPath(settings.Data));
        builder.Services.AddHostedService<StandbyMeter>();
    }

    private static void AddParts(IServiceCollection services, ConfigurationManager configuration, string data, string keys)
    {
        services.Configure<FollowerOptions>(o => configuration.GetSection(FollowerOptions.Section).Bind(o, Strictly));
        services.AddIntent(o => configuration.GetSection(IntentOptions.Section).Bind(o, Strictly));
        services.AddAssistance(o =>
        {
            configuration.GetSection("SmartService:Assistance").Bind(o, Strictly);
            o.Learning.Folder = EmbeddedData.CompanionsIn(data);
        });
        services.AddGateway(configuration);
        services.PostConfigure<GatewayOptions>(o => o.DataFolder = keys);
    }

    /// <summary>A setting whose name nobody knows is a fault: it would be believed to work.</summary>
    private static void Strictly(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;
}
