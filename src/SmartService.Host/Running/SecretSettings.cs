namespace SmartService.Host.Running;

/// <summary>
/// Settings that must not stand in an environment: one file each, named like the variable would be
/// (<c>SmartService__Cluster__Database</c>), in the folder that SmartService:Secrets names. They go before all others.
/// </summary>
internal static class SecretSettings
{
    public const string Setting = HostSettings.Section + ":Secrets";

    /// <exception cref="SettingsException">There is no such folder.</exception>
    public static void AddSecretSettings(this IConfigurationManager configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } folder)
        {
            return;
        }

        var path = Path.GetFullPath(folder);
        if (!Directory.Exists(path))
        {
            throw new SettingsException([$"{Setting} names {path}, and there is no such folder."]);
        }

        configuration.AddKeyPerFile(path, optional: false, reloadOnChange: false);
    }
}
