using SmartService.Drills.Curves;
using SmartService.Drills.Reports;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SmartService.Drills.Files;

/// <summary>Reads a drill from its file; docs/drills.md has every field.</summary>
internal static class DrillReader
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private static readonly string[] Locales = ["en", "ko", "zh"];

    /// <exception cref="DrillFileException">The file cannot be read or used; all faults are named.</exception>
    public static Drill Read(string file)
    {
        try
        {
            return Parse(File.ReadAllText(file), file);
        }
        catch (IOException e)
        {
            throw new DrillFileException([$"{file}: {e.Message}"]);
        }
    }

    /// <param name="file">As errors name it; recorded curves are looked for beside it.</param>
    public static Drill Parse(string text, string file)
    {
        var faults = new List<string>();
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new DrillFileException([$"{file}:{e.Start.Line}: this is no YAML: {e.Message}."]);
        }

        if (yaml.Documents.Count == 0)
        {
            throw new DrillFileException([$"{file}:1: the file is empty; write at least name, question and curve."]);
        }

        var drill = Read(new YamlFields(yaml.Documents[0].RootNode, file, "", faults), file);
        return faults.Count == 0 ? drill : throw new DrillFileException(faults);
    }

    private static Drill Read(YamlFields f, string file)
    {
        var (warmUp, warmUpRate) = ReadWarmUp(f);
        var drill = new Drill(
            f.Text("name"), f.Text("question"), (ulong)f.Whole("seed", 1111, 0, int.MaxValue, "618"),
            warmUp,
            f.Time("patience", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "30s"),
            (long)f.Number("mostMessages", 10_000_000, 1, 1_000_000_000, "10000000"),
            f.Whole("connections", 256, 1, 10_000, "256"),
            ReadStore(f.Fields("data")), ReadShoppers(f.Fields("shoppers")), ReadMerchants(f.Fields("merchants")), ReadNoise(f.Fields("noise")),
            CurveReader.Read(f, file), ReadObjectives(f.Fields("objectives")), ReadFaults(f.List("faults")), ReadAbort(f.Fields("abort")),
            ReadSettings(f.Fields("settings")))
        {
            Overload = ReadOverload(f.Fields("overload")),
            WarmUpRate = warmUpRate,
            Standby = f.Has("standby") && f.Choice("standby", new Dictionary<string, bool> { ["true"] = true, ["false"] = false }),
        };
        f.NothingElse();
        if (drill.Curve.Duration > Longest)
        {
            f.Fault("curve", "lasts longer than 24h; shorten its pieces");
        }

        var planned = drill.Curve.Expected * Math.Max(1, drill.Shoppers.Turns);
        if (planned > drill.MostMessages)
        {
            f.Fault("curve", FormattableString.Invariant($"plans {planned:F0} messages, more than mostMessages ({drill.MostMessages}); raise that or lower the curve"));
        }

        foreach (var fault in drill.Faults.Where(x => x.At + x.For > drill.Curve.Duration))
        {
            f.Fault("faults", $"has one at {Times.Write(fault.At)} that ends after the curve ({Times.Write(drill.Curve.Duration)}); move it forward");
        }

        return drill;
    }

    /// <summary>A time alone is at the curve's first rate; <c>{ for, rate }</c> for a server that has seen more than that before.</summary>
    private static (TimeSpan For, double? Rate) ReadWarmUp(YamlFields f)
    {
        if (!f.HasFields("warmUp"))
        {
            return (Lasts(f, "warmUp", TimeSpan.FromSeconds(10), "10s or { for: 30s, rate: 300 }"), null);
        }

        var plan = f.Fields("warmUp")!;
        var read = (Lasts(plan, "for", null, "30s"), plan.Number("rate", null, 0, 1_000_000, "300"));
        plan.NothingElse();
        return read;

        static TimeSpan Lasts(YamlFields fields, string name, TimeSpan? otherwise, string example) =>
            fields.Time(name, otherwise, TimeSpan.Zero, TimeSpan.FromMinutes(10), example);
    }

    private static StorePlan ReadStore(YamlFields? f)
    {
        if (f is null)
        {
            return new(4, 400, 200, 1.1, [("en", 0.4), ("ko", 0.3), ("zh", 0.3)]);
        }

        var plan = new StorePlan(
            f.Whole("tenants", 4, 1, 1_000, "10"), f.Whole("shoppers", 400, 1, 200_000, "2000"), f.Whole("products", 200, 1, 1_000_000, "500"),
            f.Number("zipf", 1.1, 0, 3, "1.1"), ReadLanguages(f.Fields("languages"), f));
        f.NothingElse();
        if (plan.Shoppers < plan.Tenants)
        {
            f.Fault("shoppers", "must be at least as many as tenants");
        }

        return plan;
    }

    private static List<(string, double)> ReadLanguages(YamlFields? f, YamlFields parent)
    {
        if (f is null)
        {
            return [("en", 0.4), ("ko", 0.3), ("zh", 0.3)];
        }

        var shares = Locales.Select(l => (l, f.Number(l, 0, 0, 1, "0.3"))).Where(s => s.Item2 > 0).ToList();
        f.NothingElse();
        if (Math.Abs(shares.Sum(s => s.Item2) - 1) > 1e-6)
        {
            parent.Fault("languages", "must add up to 1, such as { en: 0.4, ko: 0.3, zh: 0.3 }");
        }

        return shares;
    }

    private static ShopperPlan ReadShoppers(YamlFields? f)
    {
        var standard = new ShopperPlan(3, TimeSpan.FromSeconds(2), 2, 0.25, 0.5, 0.1, 0.02, 1);
        if (f is null)
        {
            return standard;
        }

        var plan = new ShopperPlan(
            f.Whole("turns", standard.Turns, 1, 50, "3"), f.Time("think", standard.Think, TimeSpan.Zero, TimeSpan.FromMinutes(10), "2s"),
            f.Whole("pages", standard.Pages, 0, 20, "2"), Share("streams", standard.Streams), Share("clicks", standard.Clicks),
            Share("leaves", standard.Leaves), Share("person", standard.Person), Share("asks", standard.Asks));
        f.NothingElse();
        return plan;

        double Share(string name, double otherwise) => f.Number(name, otherwise, 0, 1, "0.25");
    }

    private static MerchantPlan? ReadMerchants(YamlFields? f)
    {
        if (f is null)
        {
            return null;
        }

        var plan = new MerchantPlan(f.Number("importsPerSecond", null, 0, 10_000, "0.5"), f.Whole("lines", 50, 1, 5_000, "50"));
        f.NothingElse();
        return plan;
    }

    private static OverloadPlan? ReadOverload(YamlFields? f)
    {
        if (f is null)
        {
            return null;
        }

        var plan = new OverloadPlan(
            f.Time("from", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5), Longest, "60s"), f.Time("for", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), Longest, "30s"));
        f.NothingElse();
        return plan;
    }

    private static NoisePlan? ReadNoise(YamlFields? f)
    {
        if (f is null)
        {
            return null;
        }

        var plan = new NoisePlan(
            f.Number("times", null, 0.01, 1_000, "9"), f.Time("from", null, TimeSpan.Zero, Longest, "30s"), f.Time("for", null, TimeSpan.FromMilliseconds(1), Longest, "30s"));
        f.NothingElse();
        return plan;
    }

    private static List<Objective> ReadObjectives(YamlFields? f)
    {
        var objectives = new List<Objective>();
        foreach (var (name, measure) in Measure.All)
        {
            if (f?.Has(name) == true)
            {
                objectives.Add(new(measure, f.Number(name, null, 0, 1e12, measure.AtLeast ? "99.95" : "50")));
            }
            else if (Measure.Always.Contains(name))
            {
                objectives.Add(new(measure, 0));
            }
        }

        f?.NothingElse();
        return objectives;
    }

    private static List<Fault> ReadFaults(IReadOnlyList<YamlFields> list)
    {
        var kinds = new Dictionary<string, FaultKind>
        {
            ["kill"] = FaultKind.Kill, ["pause"] = FaultKind.Pause, ["slow-disk"] = FaultKind.SlowDisk, ["disconnect"] = FaultKind.Disconnect,
        };
        var faults = new List<Fault>();
        foreach (var f in list)
        {
            var kind = f.Choice("fault", kinds);
            var lasts = kind is FaultKind.Pause or FaultKind.SlowDisk;
            faults.Add(new(
                kind, f.Time("at", null, TimeSpan.Zero, Longest, "30s"),
                lasts ? f.Time("for", null, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), "10s") : TimeSpan.Zero,
                kind == FaultKind.SlowDisk ? f.Time("delay", null, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10), "50ms") : TimeSpan.Zero));
            f.NothingElse();
        }

        return [.. faults.OrderBy(x => x.At)];
    }

    private static AbortRule? ReadAbort(YamlFields? f)
    {
        if (f is null)
        {
            return null;
        }

        var rule = new AbortRule(
            f.Number("failedPercent", 101, 0, 101, "50"), f.Number("ackP99Ms", double.MaxValue, 1, double.MaxValue, "10000"),
            f.Time("for", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "10s"));
        f.NothingElse();
        return rule;
    }

    private static IReadOnlyDictionary<string, string> ReadSettings(YamlFields? f)
    {
        var settings = f?.Texts() ?? new Dictionary<string, string>();
        foreach (var name in settings.Keys.Where(n => !n.StartsWith("SmartService:", StringComparison.Ordinal)))
        {
            f!.Fault(name, "is no setting of the server; write its full path, such as SmartService:Engine:FlushDelay");
        }

        return settings;
    }
}
