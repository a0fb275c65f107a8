using System.Text.Json.Nodes;

namespace SmartService.Architecture.Tests.Deploy;

public class ParseTests
{
    public static TheoryData<string> YamlFiles => [.. DeployFiles.Named(".yaml").Concat(DeployFiles.Named(".yml"))];

    public static TheoryData<string> JsonFiles => [.. DeployFiles.Named(".json")];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Yaml_IsRead(string file) => DeployFiles.Yaml(file).ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public void Dashboard_HasPanelsWithQueries_EachInAPlaceOfItsOwn(string file)
    {
        var board = DeployFiles.Json(file);
        board["uid"]!.GetValue<string>().ShouldBe(Path.GetFileNameWithoutExtension(file));
        var panels = board["panels"]!.AsArray().Select(p => p!).ToList();
        panels.ShouldNotBeEmpty();
        panels.Select(p => p["id"]!.GetValue<int>()).ShouldBeUnique();
        foreach (var panel in panels)
        {
            panel["targets"]!.AsArray().ShouldNotBeEmpty(panel["title"]!.ToString());
            Cells(panel["gridPos"]!).Intersect(panels.Where(p => p != panel).SelectMany(p => Cells(p["gridPos"]!))).ShouldBeEmpty(panel["title"]!.ToString());
        }
    }

    [Fact]
    public void Kustomization_NamesEachFileOfItsFolder()
    {
        var named = DeployFiles.Yaml("deploy/k8s/base/kustomization.yaml")[0].List("resources").Cast<string>();
        var there = Directory.EnumerateFiles(Path.Combine(Product.Root, "deploy/k8s/base")).Select(f => Path.GetFileName(f)).Where(f => f != "kustomization.yaml");
        named.ShouldBe(there, ignoreOrder: true);
    }

    private static IEnumerable<(int, int)> Cells(JsonNode at) =>
        from x in Enumerable.Range(at["x"]!.GetValue<int>(), at["w"]!.GetValue<int>())
        from y in Enumerable.Range(at["y"]!.GetValue<int>(), at["h"]!.GetValue<int>())
        select (x, y);
}
