using System.Text.RegularExpressions;

namespace SmartService.Architecture.Tests.Deploy;

/// <summary>No dashboard, alert or autoscaler asks for a figure that the product does not have.</summary>
public partial class FigureTests
{
    private const string Alerts = "deploy/prometheus/alerts.yml";
    private const string Adapter = "deploy/k8s/prometheus-adapter.yaml";

    /// <summary>One of each kind: what reads the sources must find them.</summary>
    private static readonly string[] SomeFigures =
    [
        "smartservice_peak_rung", "smartservice_peak_queue_age_seconds", "smartservice_cluster_queue", "smartservice_cluster_queue_size_bytes",
        "smartservice_cluster_batch_time_seconds_bucket", "smartservice_problems_total", "smartservice_follower_lag", "orleans_catalog_activations",
    ];

    public static TheoryData<string> Dashboards => [.. DeployFiles.Named(".json")];

    [Fact]
    public void Sources_HaveFigures() => SomeFigures.ShouldBeSubsetOf(ProductFigures.All);

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void Dashboard_AsksForWhatThereIs(string file)
    {
        foreach (var panel in DeployFiles.Json(file)["panels"]!.AsArray())
        {
            foreach (var target in panel!["targets"]!.AsArray())
            {
                Check(target!["expr"]!.GetValue<string>(), $"{file}: {panel["title"]}");
            }
        }
    }

    [Fact]
    public void Alerts_AskForWhatThereIs_AndLeadToAHeading()
    {
        var headings = Heading().Matches(DeployFiles.Text("docs/operations.md")).Select(m => Anchor(m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var rules = DeployFiles.Yaml(Alerts)[0].Maps("groups").SelectMany(g => g.Maps("rules")).ToList();
        rules.ShouldNotBeEmpty();
        foreach (var rule in rules)
        {
            var name = rule.Value("alert")!;
            Check(rule.Value("expr")!, name);
            rule.Map("labels").Value("severity").ShouldBeOneOf("page", "ticket");
            var runbook = rule.Map("annotations").Value("runbook_url").ShouldNotBeNull(name);
            runbook.ShouldStartWith("docs/operations.md#");
            headings.ShouldContain(runbook[(runbook.IndexOf('#', StringComparison.Ordinal) + 1)..], name);
        }
    }

    [Fact]
    public void Autoscalers_AskForWhatTheAdapterHandsOn()
    {
        var rule = DeployFiles.Yaml(Adapter)[0].Map("rules").Maps("custom").Single();
        var series = Figure().Matches(rule.Value("seriesQuery")!).Select(m => m.Value).ToList();
        series.ShouldBeSubsetOf(ProductFigures.All);
        var asked = DeployFiles.Yaml("deploy/k8s/base/scaling.yaml").SelectMany(d => d.Map("spec").Maps("metrics")).Where(m => m.Value("type") == "Pods")
            .Select(m => m.Map("pods").Map("metric").Value("name")!).ToList();
        asked.ShouldNotBeEmpty();
        asked.ShouldBeSubsetOf(series);
    }

    private static void Check(string expression, string where)
    {
        var names = ProductFigures.In(expression).ToList();
        names.ShouldNotBeEmpty(where);
        names.Except(ProductFigures.All).ShouldBeEmpty($"{where}: {expression}");
    }

    /// <summary>As code hosting sites make it of a heading.</summary>
    private static string Anchor(string heading) => NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 -]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("smartservice_[a-z_]+")]
    private static partial Regex Figure();
}
