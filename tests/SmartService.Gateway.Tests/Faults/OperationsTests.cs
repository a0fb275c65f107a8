using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Faults;

[Collection(SharedServer.Name)]
public class OperationsTests(GatewayServer server)
{
    [Fact]
    public async Task Description_HasEveryRouteWithSecurityAndProblems()
    {
        using var document = JsonDocument.Parse(await server.As(null).GetStringAsync("/openapi/v1.json"));
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(p => p.Name.StartsWith("/v1", StringComparison.Ordinal))
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name, Operation: o.Value))).ToList();
        operations.Count.ShouldBeGreaterThan(60);
        foreach (var (path, method, operation) in operations)
        {
            operation.TryGetProperty("security", out _).ShouldBeTrue($"{method} {path} has no security");
            operation.GetProperty("responses").TryGetProperty("401", out _).ShouldBeTrue($"{method} {path} does not describe 401");
        }
    }

    [Fact]
    public async Task Metrics_AreWellFormedText()
    {
        await server.As(null).GetAsync("/healthz");
        var text = await server.As(null).GetStringAsync("/metrics");
        text.ShouldContain("# TYPE http_server_request_duration_seconds histogram");
        text.ShouldContain("smartservice_streams_open");
        text.ShouldContain("smartservice_follower_lag{follower=\"webhooks\"}");
        text.ShouldContain("# TYPE smartservice_push_time_seconds histogram");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line.ShouldMatch("""^(# (HELP|TYPE) [a-z0-9_]+ .+|[a-zA-Z0-9_]+(\{.+\})? (-?[0-9.eE+-]+|NaN|[+-]?(Inf|∞)))$""");
        }
    }

    [Fact]
    public async Task Metrics_OfWhatIsObserved_ForgetWhatIsNotReportedAnyMore()
    {
        using var meter = new Meter("SmartService.ForgetTest");
        string[] stores = ["first", "second"];
        meter.CreateObservableGauge("smartservice.forget.test", () => stores.Select(s => new Measurement<int>(1, new KeyValuePair<string, object?>("tenant", s))));
        (await server.As(null).GetStringAsync("/metrics")).ShouldContain("smartservice_forget_test{tenant=\"first\"} 1");
        stores = ["second"];
        var text = await server.As(null).GetStringAsync("/metrics");
        text.ShouldContain("smartservice_forget_test{tenant=\"second\"} 1");
        text.ShouldNotContain("smartservice_forget_test{tenant=\"first\"}");
    }

    [Fact]
    public async Task Metrics_OfAnotherHostInTheProcess_AreNotShown()
    {
        await using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("SmartService.OtherHost").CreateObservableGauge("smartservice.other.host", () => 1);
        using var everybody = new Meter("SmartService.Process");
        everybody.CreateObservableGauge("smartservice.process", () => 1);

        var text = await server.As(null).GetStringAsync("/metrics");

        text.ShouldContain("smartservice_process 1");
        text.ShouldNotContain("smartservice_other_host");
    }

    [Fact]
    public async Task Ready_NamesWhatItLookedAt()
    {
        using var answer = await server.As(null).GetAsync("/readyz");
        var checks = (await answer.BodyAsync()).GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString()!).ToList();
        checks.ShouldContain("journal");
        checks.ShouldContain("model");
        checks.ShouldContain(c => c.StartsWith("follower ", StringComparison.Ordinal));
    }
}
