namespace SmartService.Host.Running;

/// <summary>What the executable itself needs to know. Path: SmartService. Everything else has a section of its own.</summary>
internal sealed class HostSettings
{
    public const string Section = "SmartService";

    /// <summary>Port on this machine only. Default 8080; 0 to 65,535, 0 takes any free one.</summary>
    public int Port { get; set; } = 8080;

    /// <summary>Folder of all data. Default "data", from the folder the program is started in.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Folder of the keys the installation signs and encrypts with. Gateways of one cluster need the same. Default <see cref="Data"/>.</summary>
    public string? Keys { get; set; }

    /// <summary>Addresses instead of <see cref="Port"/>, separated by ';'. Default none.</summary>
    public string? Urls { get; set; }

    /// <summary>"embedded" or "cluster". Default embedded.</summary>
    public string EngineKind { get; set; } = "embedded";

    /// <summary>Whether the demo stores are there. Default true.</summary>
    public bool Demo { get; set; } = true;

    /// <summary>Whether a folder that another server holds is waited for, with code that has been rehearsed, instead of refused. Default false.</summary>
    public bool Standby { get; set; }

    /// <summary>Messages a second a standby rehearses with, beside the server that it waits for. Default 20; 1 to 10,000.</summary>
    public int RehearsalPerSecond { get; set; } = 20;

    /// <summary>A standby rests so long before it rehearses: the server it waits for may have taken over just now, with others waiting for it. Default 30 s; 0 to 10 min.</summary>
    public TimeSpan RehearseAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time a stop may take. Default 8 s; 1 s to 60 s.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(8);

    public IEnumerable<string> Addresses() =>
        !string.IsNullOrWhiteSpace(Urls) ? Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : Port == 0 ? ["http://127.0.0.1:0"]
        : [$"http://localhost:{Port}"];

    /// <exception cref="SettingsException">At least one setting is wrong; all are named.</exception>
    public static HostSettings Read(IConfiguration configuration, RunArguments arguments)
    {
        var section = configuration.GetSection(Section);
        var faults = new List<string>();
        var settings = new HostSettings();
        settings.Port = arguments.Port ?? Number(section, nameof(Port), settings.Port, faults);
        settings.Data = arguments.Data ?? section[nameof(Data)] ?? settings.Data;
        settings.Keys = section[nameof(Keys)] ?? settings.Data;
        settings.Urls = arguments.Urls ?? section[nameof(Urls)];
        settings.EngineKind = arguments.Engine ?? section[nameof(EngineKind)] ?? settings.EngineKind;
        settings.Demo = arguments.Demo ?? Switch(section, nameof(Demo), settings.Demo, faults);
        settings.Standby = arguments.Standby ?? Switch(section, nameof(Standby), settings.Standby, faults);
        settings.RehearsalPerSecond = Number(section, nameof(RehearsalPerSecond), settings.RehearsalPerSecond, faults);
        settings.RehearseAfter = Duration(section, nameof(RehearseAfter), settings.RehearseAfter, faults);
        settings.StopWithin = Duration(section, nameof(StopWithin), settings.StopWithin, faults);
        faults.AddRange(settings.Faults(arguments.Brings is not null));
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    private IEnumerable<string> Faults(bool bringsEngine)
    {
        if (Port is < 0 or > 65_535)
        {
            yield return $"{Section}:Port (--port) must be between 0 and 65,535.";
        }

        if (string.IsNullOrWhiteSpace(Data))
        {
            yield return $"{Section}:Data (--data) must name a folder.";
        }

        foreach (var address in Addresses().Where(a => !IsAddress(a)))
        {
            yield return $"{Section}:Urls (--urls) has \"{address}\"; an address is like http://0.0.0.0:8080.";
        }

        if (bringsEngine)
        {
            // Whoever brings the engine has chosen it.
            if (Standby)
            {
                yield return $"{Section}:Standby (--standby) is for the embedded engine, whose folder one process holds. Every gateway of a cluster serves: start another one.";
            }
        }
        else if (EngineKind is "cluster")
        {
            yield return "The cluster engine is an executable of its own, built where its packages are served: ./smart run --engine cluster or ./smart cluster up start it, ./smart doctor says whether they can.";
        }
        else if (EngineKind is not "embedded")
        {
            yield return $"{Section}:EngineKind (--engine) must be embedded or cluster.";
        }

        if (RehearsalPerSecond is < 1 or > 10_000)
        {
            yield return $"{Section}:RehearsalPerSecond must be between 1 and 10,000.";
        }

        if (RehearseAfter < TimeSpan.Zero || RehearseAfter > TimeSpan.FromMinutes(10))
        {
            yield return $"{Section}:RehearseAfter must be between 0 and 10 min.";
        }

        if (StopWithin < TimeSpan.FromSeconds(1) || StopWithin > TimeSpan.FromSeconds(60))
        {
            yield return $"{Section}:StopWithin must be between 1 s and 60 s.";
        }
    }

    /// <summary>"http://+:80" and "http://*:80" are addresses to a server, though not to a parser of URIs.</summary>
    private static bool IsAddress(string address) =>
        Uri.TryCreate(address.Replace("://+", "://any", StringComparison.Ordinal).Replace("://*", "://any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https";

    private static int Number(IConfigurationSection section, string name, int otherwise, List<string> faults) =>
        Parse(section, name, otherwise, faults, "a whole number", (string text, out int value) =>
            int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out value));

    private static bool Switch(IConfigurationSection section, string name, bool otherwise, List<string> faults) =>
        Parse<bool>(section, name, otherwise, faults, "true or false", bool.TryParse);

    private static TimeSpan Duration(IConfigurationSection section, string name, TimeSpan otherwise, List<string> faults) =>
        Parse(section, name, otherwise, faults, "a time such as 00:00:08", (string text, out TimeSpan value) =>
            TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out value));

    private delegate bool TryParse<T>(string text, out T value);

    private static T Parse<T>(IConfigurationSection section, string name, T otherwise, List<string> faults, string needed, TryParse<T> parse)
    {
        if (section[name] is not { } text)
        {
            return otherwise;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        faults.Add($"{Section}:{name} must be {needed}.");
        return otherwise;
    }
}
