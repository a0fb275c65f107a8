using System.Text.Json;

namespace SmartService.Host.Demo;

/// <summary>Keys of one demonstration tenant.</summary>
internal sealed record DemoTenantKeys(string SecretKey, string PublishableKey, string AgentKey, string SigningKey, string SigningSecret, bool Filled);

/// <summary>The demo tenants' keys in DATA/demo.json, readable by the owner only. Written whole, then renamed.</summary>
internal sealed class DemoKeys
{
    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DemoTenantKeys> _keys;

    public DemoKeys(string dataDirectory)
    {
        _path = Path.Combine(dataDirectory, "demo.json");
        _keys = File.Exists(_path)
            ? JsonSerializer.Deserialize<Dictionary<string, DemoTenantKeys>>(File.ReadAllText(_path), DemoJson.Options) ?? []
            : [];
    }

    public DemoTenantKeys? Of(string tenant)
    {
        lock (_gate)
        {
            return _keys.GetValueOrDefault(tenant);
        }
    }

    public void Keep(string tenant, DemoTenantKeys keys)
    {
        lock (_gate)
        {
            _keys[tenant] = keys;
            var fresh = _path + ".new";
            using (var file = new FileStream(fresh, Options()))
            {
                JsonSerializer.Serialize(file, _keys, DemoJson.Options);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, _path, overwrite: true);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
