using Microsoft.Extensions.Configuration;
using SmartService.Host.Running;

namespace SmartService.Host.Tests.Running;

public class HostSettingsTests
{
    [Fact]
    public void Read_NothingSet_TakesTheDefaults()
    {
        var settings = HostSettings.Read(Configuration(), new());
        settings.Addresses().ShouldBe(["http://localhost:8080"]);
        (settings.Data, settings.EngineKind, settings.Demo).ShouldBe(("data", "embedded", true));
    }

    [Fact]
    public void Read_CommandLine_WinsOverConfiguration()
    {
        var settings = HostSettings.Read(Configuration(("Port", "1"), ("Demo", "true")), new(Port: 9000, Demo: false));
        (settings.Port, settings.Demo).ShouldBe((9000, false));
    }

    [Fact]
    public void Read_SeveralFaults_AreAllToldWithTheirPaths()
    {
        var faults = Should.Throw<SettingsException>(() => HostSettings.Read(
            Configuration(("Port", "many"), ("StopWithin", "00:10:00"), ("Urls", "nowhere"), ("EngineKind", "steam")), new())).Faults;
        faults.Count.ShouldBe(4);
        faults.ShouldAllBe(f => f.StartsWith("SmartService:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Standby", "perhaps", "SmartService:Standby must be true or false.")]
    [InlineData("RehearsalPerSecond", "0", "SmartService:RehearsalPerSecond must be between 1 and 10,000.")]
    [InlineData("RehearseAfter", "00:11:00", "SmartService:RehearseAfter must be between 0 and 10 min.")]
    public void Read_StandbyThatCannotBe_NamesTheSetting(string name, string value, string fault) =>
        Should.Throw<SettingsException>(() => HostSettings.Read(Configuration((name, value)), new())).Faults.ShouldBe([fault]);

    [Fact]
    public void Read_StandbyOfACluster_IsRefused() =>
        Should.Throw<SettingsException>(() => HostSettings.Read(Configuration(), new(Standby: true) { Brings = (_, _) => { } }))
            .Faults.Single().ShouldStartWith("SmartService:Standby (--standby) is for the embedded engine");

    [Fact]
    public void Read_Cluster_SaysThatItIsNotPartOfThisBuild() =>
        Should.Throw<SettingsException>(() => HostSettings.Read(Configuration(), new(Engine: "cluster")))
            .Faults.Single().ShouldStartWith("The cluster engine is an executable of its own");

    [Fact]
    public void Secrets_OfAFolder_GoBeforeAllOtherSettings()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "SmartService__Data"), "from-the-secret\n");
            using var configuration = new ConfigurationManager { ["SmartService:Data"] = "from-elsewhere", ["SmartService:Secrets"] = folder.FullName };
            configuration.AddSecretSettings();
            HostSettings.Read(configuration, new()).Data.ShouldBe("from-the-secret");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Secrets_OfAFolderThatIsNotThere_AreAFault()
    {
        using var configuration = new ConfigurationManager { ["SmartService:Secrets"] = "/nowhere/at/all" };
        Should.Throw<SettingsException>(configuration.AddSecretSettings).Faults.Single().ShouldStartWith("SmartService:Secrets");
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.ToDictionary(s => "SmartService:" + s.Name, s => (string?)s.Value)).Build();
}
