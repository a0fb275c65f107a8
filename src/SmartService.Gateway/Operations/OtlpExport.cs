using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace SmartService.Gateway.Operations;

/// <summary>Sends figures to a collector when one is set.</summary>
internal sealed class OtlpExport(IOptions<OtlpOptions> options, FigureChoice choice) : IHostedService, IDisposable
{
    private MeterProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(options.Value.Endpoint))
        {
            _provider = Sdk.CreateMeterProviderBuilder()
                .AddMeter([.. choice.Meters])
                .AddView(instrument => choice.Wants(instrument) ? null : MetricStreamConfiguration.Drop)
                .AddOtlpExporter((exporter, reader) =>
                {
                    exporter.Endpoint = new Uri(options.Value.Endpoint);
                    exporter.Protocol = OtlpExportProtocol.Grpc;
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Value.Every.TotalMilliseconds;
                })
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush(timeoutMilliseconds: 1_000);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
