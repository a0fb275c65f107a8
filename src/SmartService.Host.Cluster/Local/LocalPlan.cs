using System.Text.Json;

namespace SmartService.Host.Cluster.Local;

/// <summary>A cluster on this machine: what runs where. Kept in its folder, so that later verbs find it.</summary>
/// <param name="Port">Where shoppers come in.</param>
/// <param name="BasePort">First of the ports its parts use among themselves, all on loopback.</param>
/// <param name="Settings">Further settings of its nodes.</param>
internal sealed record LocalPlan(string Folder, int Silos, int Gateways, int Port, int BasePort, bool Demo, Dictionary<string, string> Settings)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public int DatabasePort => BasePort;

    public int RedisPort => BasePort + 1;

    public string Database => $"Host=127.0.0.1;Port={DatabasePort};Username=smartservice;Database=smartservice";

    public string Keys => Path.Combine(Folder, "keys");

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Null when there is none in the folder.</summary>
    public static LocalPlan? Find(string folder)
    {
        var file = Path.Combine(Path.GetFullPath(folder), "cluster.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<LocalPlan>(File.ReadAllText(file), Json) : null;
    }

    public int SiloPort(int silo) => BasePort + 10 + silo;

    public int SiloGatewayPort(int silo) => BasePort + 40 + silo;

    public int GatewayPort(int gateway) => BasePort + 70 + gateway;

    public void Save()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "cluster.json"), JsonSerializer.Serialize(this, Json));
    }
}
