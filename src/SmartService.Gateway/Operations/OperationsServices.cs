using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace SmartService.Gateway.Operations;

/// <summary>Figures of a process: what a gateway has among much else, and a process without shoppers has alone.</summary>
public static class OperationsServices
{
    /// <summary>Shows figures at <see cref="MapFigures"/>, and sends them to a collector when <see cref="OtlpOptions"/> names one.</summary>
    public static IServiceCollection AddFigures(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<OtlpOptions>().Bind(configuration.GetSection(OtlpOptions.Section), o => o.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OtlpOptions>>(new OptionsFaults<OtlpOptions>(o => o.Faults()));
        services.AddMetrics();
        services.TryAddSingleton<FigureChoice>();
        services.AddSingleton<MetricsExporter>();
        services.AddHostedService(p => p.GetRequiredService<MetricsExporter>());
        services.AddHostedService<OtlpExport>();
        return services;
    }

    /// <summary><c>/metrics</c>, in Prometheus' text format.</summary>
    public static void MapFigures(this IEndpointRouteBuilder routes) => routes.MapMetrics();

    /// <summary>Adds a meter whose instruments are to be there from the start.</summary>
    internal static void AddOwnFigures<T>(this IServiceCollection services)
        where T : class, IOwnFigures
    {
        services.AddSingleton<T>();
        services.AddSingleton<IOwnFigures>(p => p.GetRequiredService<T>());
    }
}
