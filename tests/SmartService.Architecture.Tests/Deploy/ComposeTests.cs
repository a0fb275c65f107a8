using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartService.Architecture.Tests.Deploy;

/// <summary>Containers that are locked, bounded and looked after, with settings the product knows.</summary>
public partial class ComposeTests
{
    public static TheoryData<string, string> Services
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var file in new[] { DeployFiles.Embedded, DeployFiles.Cluster })
            {
                foreach (var service in DeployFiles.Yaml(file)[0].Map("services").Keys)
                {
                    all.Add(file, service);
                }
            }

            return all;
        }
    }

    [Fact]
    public void Cluster_HasItsShape() => DeployFiles.Yaml(DeployFiles.Cluster)[0].Map("services").Keys.ShouldBe(
        ["migrate", "silo-1", "silo-2", "silo-3", "gateway-1", "gateway-2", "front", "postgres", "redis", "collector", "prometheus", "grafana"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_IsLockedBoundedAndLookedAfter(string file, string name)
    {
        var service = Find(file, name);
        service.Value("read_only").ShouldBe("true");
        service.List("cap_drop").ShouldBe(["ALL"]);
        service.List("security_opt").ShouldContain("no-new-privileges:true");
        service.Value("user").ShouldNotBeNull().ShouldMatch("^[1-9][0-9]*:[0-9]+$");
        service.ShouldContainKey("mem_limit");
        service.ShouldContainKey("cpus");
        service.ShouldContainKey("stop_grace_period");
        service.ShouldContainKey("tmpfs");
        var health = service.Map("healthcheck");
        if (name == "migrate")
        {
            health.Value("disable").ShouldBe("true");
            service.Value("restart").ShouldBe("no");
        }
        else
        {
            health.List("test").ShouldNotBeEmpty();
            service.Value("restart").ShouldBe("unless-stopped");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_NamesSettingsTheProductBinds(string file, string name)
    {
        var service = Find(file, name);
        foreach (var setting in service.Map("environment").Keys.Where(k => k.StartsWith("SmartService", StringComparison.Ordinal)))
        {
            ProductSettings.Has(setting).ShouldBeTrue($"{name}: {setting}");
        }

        foreach (var secret in service.Maps("secrets").Select(s => s.Value("target")!))
        {
            var known = Path.GetFileName(secret) is var target && (target is "installation.key" or "admin.key" || ProductSettings.Has(target));
            known.ShouldBeTrue($"{name}: {secret}");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_UsesOnlyWhatTheFileDeclares(string file, string name)
    {
        var (service, whole) = (Find(file, name), DeployFiles.Yaml(file)[0]);
        var declared = whole.Map("secrets");
        service.List("secrets").Select(s => s as string ?? ((Dictionary<string, object>)s).Value("source")!).Except(declared.Keys).ShouldBeEmpty();
        service.Map("depends_on").Keys.Except(whole.Map("services").Keys).ShouldBeEmpty();
        service.List("networks").Cast<string>().Except(whole.Map("networks").Keys).ShouldBeEmpty();
        foreach (var volume in service.List("volumes").Cast<string>().Select(v => v.Split(':')[0]))
        {
            var known = volume.StartsWith('.') ? Path.Exists(Path.Combine(Product.Root, Path.GetDirectoryName(file)!, volume)) : whole.Map("volumes").ContainsKey(volume);
            known.ShouldBeTrue($"{name}: {volume}");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Image_IsPinnedByVersion_OrBuiltHere(string file, string name)
    {
        var service = Find(file, name);
        var image = service.Value("image").ShouldNotBeNull();
        (service.ContainsKey("build") || Version().IsMatch(image)).ShouldBeTrue(image);
    }

    [Fact]
    public void Dockerfile_PinsItsBases_AndLeavesRoot()
    {
        var lines = DeployFiles.Text("deploy/docker/Dockerfile").Split('\n');
        var stages = lines.Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)).Select(l => From().Match(l)).ToList();
        var own = stages.Select(s => s.Groups["stage"].Value).ToHashSet(StringComparer.Ordinal);
        foreach (var stage in stages)
        {
            (own.Contains(stage.Groups["image"].Value) || Version().IsMatch(stage.Groups["image"].Value)).ShouldBeTrue(stage.Value);
        }

        var targets = DeployFiles.Yaml(DeployFiles.Cluster)[0].Map("services").Values.Cast<Dictionary<string, object>>()
            .Select(s => s.Map("build").Value("target")).OfType<string>().Append("embedded").Distinct().ToList();
        targets.ShouldBeSubsetOf(own);
        foreach (var target in targets)
        {
            var body = lines.SkipWhile(l => !l.EndsWith(" AS " + target, StringComparison.Ordinal)).Skip(1).TakeWhile(l => !l.StartsWith("FROM ", StringComparison.Ordinal)).ToList();
            body.ShouldContain(l => l.StartsWith("USER ", StringComparison.Ordinal) && l != "USER root", target);
            body.ShouldContain(l => l.StartsWith("HEALTHCHECK ", StringComparison.Ordinal), target);
        }
    }

    [Theory]
    [InlineData("silo-1", "Silos")]
    [InlineData("gateway-1", "Gateways")]
    public void Process_IsAskedWhereItListens_AndMayFinish(string name, string what)
    {
        var service = Find(DeployFiles.Cluster, name);
        var listens = Port().Match((string)service.List("command")[2]).Value;
        ((string)service.Map("healthcheck").List("test")[^1]).ShouldEndWith(":" + listens, customMessage: what);
        var targets = DeployFiles.Yaml("deploy/prometheus/prometheus.yml")[0].Maps("scrape_configs").SelectMany(s => s.Maps("static_configs")).SelectMany(s => s.List("targets")).Cast<string>();
        targets.ShouldContain($"{name}:{listens}");
        Seconds(service.Value("stop_grace_period")!).ShouldBeGreaterThan(
            name.StartsWith("silo", StringComparison.Ordinal) ? HostCode.SiloStopsWithin : (int)TimeSpan.Parse(service.Map("environment").Value("SmartService__StopWithin")!, CultureInfo.InvariantCulture).TotalSeconds);
    }

    [Fact]
    public void Front_AsksWhatGatewaysAnswer_AndHoldsNoStreamBack()
    {
        var text = DeployFiles.Text("deploy/haproxy/haproxy.cfg");
        HostCode.GatewayAnswers("/healthz").ShouldBeTrue();
        text.ShouldContain("http-check send meth GET uri /healthz");
        var keepAlive = Regex.Match(ProductSettings.All["SmartService:Gateway:KeepAlive"], "[0-9]+").Value;
        foreach (Match timeout in Timeout().Matches(text))
        {
            int.Parse(timeout.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan(2 * int.Parse(keepAlive, CultureInfo.InvariantCulture), timeout.Value);
        }
    }

    private static Dictionary<string, object> Find(string file, string name) => DeployFiles.Yaml(file)[0].Map("services").Map(name);

    private static int Seconds(string time) => int.Parse(time.TrimEnd('s'), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[a-z0-9./-]+:v?[0-9]+\.[0-9]+(\.[0-9]+)?(-[a-z0-9.-]+)?$")]
    private static partial Regex Version();

    [GeneratedRegex(@"^FROM (--platform=\S+ )?(?<image>\S+)( AS (?<stage>\S+))?$")]
    private static partial Regex From();

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Port();

    [GeneratedRegex("timeout (?:client|server) ([0-9]+)s")]
    private static partial Regex Timeout();
}
