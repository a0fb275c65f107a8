namespace SmartService.Architecture.Tests;

/// <summary>References point one way. A new arrow is a decision: it is added here, with its reason, or not at all.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["SmartService.Domain"] = [],
        ["SmartService.Engine"] = ["SmartService.Domain"],
        ["SmartService.Assistance"] = ["SmartService.Engine"],
        ["SmartService.ReadModels"] = ["SmartService.Engine"],
        // The same read models in a cluster's database; apart, so that ./smart run needs no driver of it.
        ["SmartService.ReadModels.Postgres"] = ["SmartService.ReadModels", "SmartService.Postgres"],
        // How one part of a cluster's database is migrated and checked, for the three that have one.
        ["SmartService.Postgres"] = ["SmartService.Engine"],
        ["SmartService.Intent"] = ["SmartService.Engine"],
        ["SmartService.Engine.Embedded"] = ["SmartService.Engine"],
        ["SmartService.Engine.Cluster"] = ["SmartService.Engine", "SmartService.Postgres"],
        ["SmartService.Backoffice"] = ["SmartService.Engine"],
        // Members that gateways share, apart so that the embedded product never needs its packages.
        ["SmartService.Backoffice.Postgres"] = ["SmartService.Backoffice", "SmartService.Postgres"],
        ["SmartService.Gateway"] = ["SmartService.Assistance", "SmartService.Backoffice", "SmartService.Engine"],
        ["SmartService.Host"] = ["SmartService.Gateway", "SmartService.Engine.Embedded", "SmartService.ReadModels", "SmartService.Intent"],
        // The same server, wired once: the cluster's executable brings an engine and the shared read models to it.
        ["SmartService.Host.Cluster"] = ["SmartService.Host", "SmartService.Engine.Cluster", "SmartService.ReadModels.Postgres", "SmartService.Backoffice.Postgres"],
    };

    [Fact]
    public void Projects_ReferToEachOther_OnlyAsDrawn()
    {
        Product.References.ShouldNotBeEmpty();
        foreach (var (project, references) in Product.References)
        {
            Allowed.ShouldContainKey(project);
            references.Except(Allowed[project]).ShouldBeEmpty($"{project} has a reference that the architecture does not draw");
        }
    }

    [Fact]
    public void Domain_NamesNoPackage() => Product.Packages["SmartService.Domain"].ShouldBeEmpty();

    [Theory]
    [InlineData("SmartService.Gateway")]
    [InlineData("SmartService.Assistance")]
    [InlineData("SmartService.Backoffice")]
    [InlineData("SmartService.ReadModels")]
    [InlineData("SmartService.ReadModels.Postgres")]
    [InlineData("SmartService.Postgres")]
    [InlineData("SmartService.Engine")]
    [InlineData("SmartService.Domain")]
    public void Sources_NameNoEngine(string project)
    {
        foreach (var (file, text) in Product.Sources(project))
        {
            text.ShouldNotContain("SmartService.Engine.Embedded", customMessage: file);
            text.ShouldNotContain("SmartService.Engine.Cluster", customMessage: file);
        }
    }
}
