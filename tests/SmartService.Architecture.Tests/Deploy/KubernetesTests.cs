using System.Globalization;

namespace SmartService.Architecture.Tests.Deploy;

/// <summary>Manifests against Kubernetes' strictest rules, and against what the hosts really do.</summary>
public class KubernetesTests
{
    private static readonly List<Dictionary<string, object>> All =
        [.. DeployFiles.Named(".yaml").Where(f => f.StartsWith("deploy/k8s/base/", StringComparison.Ordinal) && !f.EndsWith("kustomization.yaml", StringComparison.Ordinal)).SelectMany(DeployFiles.Yaml)];

    private static readonly string[] Kinds =
    [
        "Namespace", "ServiceAccount", "ConfigMap", "Job", "StatefulSet", "Deployment", "Service", "Ingress", "PodDisruptionBudget", "HorizontalPodAutoscaler", "NetworkPolicy",
    ];

    public static TheoryData<string> Workloads => [.. All.Where(d => d.Map("spec").ContainsKey("template")).Select(d => d.Map("metadata").Value("name")!)];

    [Fact]
    public void Manifests_HaveEveryKind() => Kinds.ShouldBeSubsetOf(All.Select(d => d.Value("kind")!));

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Workload_IsRestrictedAndBounded(string name)
    {
        var pod = Pod(name);
        pod.Value("automountServiceAccountToken").ShouldBe("false");
        pod.Map("securityContext").Value("runAsNonRoot").ShouldBe("true");
        pod.Map("securityContext").Map("seccompProfile").Value("type").ShouldBe("RuntimeDefault");
        foreach (var container in pod.Maps("containers"))
        {
            var locked = container.Map("securityContext");
            locked.Value("allowPrivilegeEscalation").ShouldBe("false");
            locked.Value("readOnlyRootFilesystem").ShouldBe("true");
            locked.Map("capabilities").List("drop").ShouldBe(["ALL"]);
            foreach (var kind in new[] { "requests", "limits" })
            {
                container.Map("resources").Map(kind).Keys.ShouldBe(["cpu", "memory"], ignoreOrder: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Workload_NamesSettingsTheProductBinds(string name)
    {
        var container = Pod(name).Maps("containers").Single();
        var settings = container.Maps("env").Select(e => e.Value("name")!).Concat(All.Where(d => d.Value("kind") == "ConfigMap").SelectMany(d => d.Map("data").Keys)).ToList();
        settings.ShouldNotBeEmpty();
        foreach (var setting in settings)
        {
            ProductSettings.Has(setting).ShouldBeTrue(setting);
        }
    }

    [Theory]
    [InlineData("smartservice-silo")]
    [InlineData("smartservice-gateway")]
    public void Workload_IsProbedWhereItAnswers(string name)
    {
        var container = Pod(name).Maps("containers").Single();
        var ports = container.Maps("ports").ToDictionary(p => p.Value("name")!, p => p.Value("containerPort")!);
        var listens = ((string)container.List("args")[2]).Split(':')[^1];
        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
        {
            var get = container.Map(probe).Map("httpGet");
            ports[get.Value("port")!].ShouldBe(listens);
            (name.EndsWith("silo", StringComparison.Ordinal) ? HostCode.SiloAnswers(get.Value("path")!) : HostCode.GatewayAnswers(get.Value("path")!)).ShouldBeTrue(get.Value("path"));
        }

        var scraped = Spec(name).Map("template").Map("metadata").Map("annotations");
        scraped.Value("prometheus.io/port").ShouldBe(listens);
        HostCode.SiloAnswers(scraped.Value("prometheus.io/path")!).ShouldBeTrue();
    }

    [Fact]
    public void Silo_ListensWhereTheOthersLook()
    {
        var ports = Pod("smartservice-silo").Maps("containers").Single().Maps("ports").ToDictionary(p => p.Value("name")!, p => int.Parse(p.Value("containerPort")!, CultureInfo.InvariantCulture));
        ports["silo"].ShouldBe(ProductSettings.Number("SmartService:Cluster:SiloPort"));
        ports["gateway"].ShouldBe(ProductSettings.Number("SmartService:Cluster:GatewayPort"));
        var let = All.Where(d => d.Value("kind") == "NetworkPolicy" && d.Map("metadata").Value("name") == "smartservice-silo")
            .SelectMany(d => d.Map("spec").Maps("ingress")).SelectMany(i => i.Maps("ports")).Select(p => int.Parse(p.Value("port")!, CultureInfo.InvariantCulture)).Distinct();
        let.ShouldBe(ports.Values, ignoreOrder: true);
    }

    [Theory]
    [InlineData("smartservice-silo")]
    [InlineData("smartservice-gateway")]
    public void Workload_MayFinishWhatIsUnderWay(string name)
    {
        var container = Pod(name).Maps("containers").Single();
        var before = int.Parse(container.Map("lifecycle").Map("preStop").Map("sleep").Value("seconds")!, CultureInfo.InvariantCulture);
        var stops = name.EndsWith("silo", StringComparison.Ordinal)
            ? HostCode.SiloStopsWithin
            : (int)TimeSpan.Parse(container.Maps("env").Single(e => e.Value("name") == "SmartService__StopWithin").Value("value")!, CultureInfo.InvariantCulture).TotalSeconds;
        int.Parse(Pod(name).Value("terminationGracePeriodSeconds")!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(before + stops);
    }

    [Fact]
    public void Budgets_ScalersAndServices_NameWhatThereIs()
    {
        var components = All.Select(d => d.Map("spec").Map("template").Map("metadata").Map("labels").Value("app.kubernetes.io/component")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var budget in All.Where(d => d.Value("kind") == "PodDisruptionBudget"))
        {
            components.ShouldContain(budget.Map("spec").Map("selector").Map("matchLabels").Value("app.kubernetes.io/component")!);
        }

        foreach (var scaler in All.Where(d => d.Value("kind") == "HorizontalPodAutoscaler"))
        {
            var target = scaler.Map("spec").Map("scaleTargetRef");
            All.ShouldContain(d => d.Value("kind") == target.Value("kind") && d.Map("metadata").Value("name") == target.Value("name"));
        }
    }

    private static Dictionary<string, object> Spec(string name) => All.Single(d => d.Map("spec").ContainsKey("template") && d.Map("metadata").Value("name") == name).Map("spec");

    private static Dictionary<string, object> Pod(string name) => Spec(name).Map("template").Map("spec");
}
