namespace SmartService.Gateway.Operations;

internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (MetricsExporter metrics) => TypedResults.Text(metrics.Render(), PrometheusText.ContentType))
            .AllowAnonymous().WithTags("Operations").WithSummary("Figures of the process, Prometheus text format 0.0.4");
}
