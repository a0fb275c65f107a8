using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SmartService.Assistance;
using SmartService.Backoffice;
using SmartService.Backoffice.Webhooks;
using SmartService.Engine.Feeds;
using SmartService.Engine.Scheduling;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Description;
using SmartService.Gateway.Limits;
using SmartService.Gateway.Merchants;
using SmartService.Gateway.Operations;
using SmartService.Gateway.Peak;
using SmartService.Gateway.Push;
using SmartService.Gateway.Shoppers;
using SmartService.Gateway.Web;

namespace SmartService.Gateway;

public static class GatewayServices
{
    /// <summary>Adds the HTTP side. It needs an engine, <c>AddAssistance</c> and <c>AddReadModels</c> besides, and names none of them.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        AddSettings<GatewayOptions>(services, configuration, GatewayOptions.Section, o => o.Faults());
        AddSettings<LimitOptions>(services, configuration, LimitOptions.Section, o => o.Faults());
        AddSettings<PeakOptions>(services, configuration, PeakOptions.Section, o => o.Faults());
        services.TryAddSingleton(TimeProvider.System);

        AddAccess(services);
        AddSettings<ConsoleOptions>(services, configuration, ConsoleOptions.Section, o => o.Faults());
        services.AddOptions<ConsoleOptions>().PostConfigure<IOptions<GatewayOptions>>((console, gateway) => console.DataFolder = gateway.Value.DataFolder);
        services.AddBackoffice();
        services.AddScoped<SessionViews>();
        services.AddSingleton<DeskPresence>();
        services.AddHostedService(p => p.GetRequiredService<DeskPresence>());
        services.AddSingleton<FirstTries>();
        services.AddWebhooks();
        services.AddSingleton<WebhookSecrets>().AddSingleton<IWebhookSecrets>(p => p.GetRequiredService<WebhookSecrets>());
        services.AddSingleton<Retention>();
        services.AddSingleton<IReminderHandler>(p => p.GetRequiredService<Retention>());
        services.AddHostedService<RetentionStart>();
        services.AddSingleton<RateLimits>().AddSingleton<RateLimitMiddleware>();
        services.AddSingleton<BodyLimits>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService(p => p.GetRequiredService<OpenStreams>());
        services.AddSingleton<StreamServices>();
        services.TryAddSingleton<IPresence, MemoryPresence>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<MessageRoute>();
        services.AddSingleton<Erasure>();
        services.AddSingleton<ErasureRequests>();
        services.AddSingleton<IReminderHandler, UnfinishedErasures>();

        AddPeak(services);
        services.AddOwnFigures<GatewayMeter>();
        services.AddOwnFigures<FollowerMeter>();
        services.AddFigures(configuration);

        // What a request's bytes set going goes on at once, on the thread of the pool that got them, and an answer is sent by who wrote it. Nothing here
        // holds a thread for long; by default each of the two is handed to another one.
        services.Configure<SocketTransportOptions>(o => o.UnsafePreferInlineScheduling = true);
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default);
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            foreach (var converter in GatewayJson.Default.Options.Converters)
            {
                o.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddGatewayDescription();
        return services;
    }

    /// <summary>Takes the place of the full service that the assistance has without a gateway.</summary>
    private static void AddPeak(IServiceCollection services)
    {
        services.AddSingleton<TenantLines>().AddSingleton<AdmissionGate>().AddSingleton<PeakControl>();
        services.Replace(ServiceDescriptor.Singleton<IServiceLevel>(p => p.GetRequiredService<PeakControl>()));
        services.AddSingleton<PeakNews>();
        services.AddOwnFigures<PeakMeter>();
        services.AddSingleton<PeakSwitch>();
        services.AddHostedService(p => p.GetRequiredService<PeakSwitch>());
        services.AddHostedService<PeakWatch>();
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton(p => InstallationKey.LoadOrCreate(InData(p, "installation.key")));
        services.AddSingleton(p => AdminKey.LoadOrCreate(InData(p, "admin.key")));
        services.AddSingleton<ShopperTokens>().AddSingleton<KnownShoppers>();
        services.AddSingleton<SigningSecrets>();
        services.AddSingleton<MerchantTokens>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<Credentials>();

        // AccessMiddleware holds callers against the policies of routes, and routing need not look for ASP.NET Core's own.
        services.Configure<RouteOptions>(o => o.SuppressCheckForUnhandledSecurityMetadata = true);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<GatewayOptions>>((forwarded, gateway) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in gateway.Value.TrustedProxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    forwarded.KnownProxies.Add(address);
                }
                else
                {
                    forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                }
            }
        });
    }

    private static string InData(IServiceProvider provider, string file) =>
        Path.Combine(provider.GetRequiredService<IOptions<GatewayOptions>>().Value.DataFolder, file);

    private static void AddSettings<T>(IServiceCollection services, IConfiguration configuration, string section, Func<T, IEnumerable<string>> faults)
        where T : class
    {
        services.AddOptions<T>().Bind(configuration.GetSection(section), o => o.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(new OptionsFaults<T>(faults));
    }
}
