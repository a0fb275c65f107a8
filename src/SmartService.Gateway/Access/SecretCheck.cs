namespace SmartService.Gateway.Access;

/// <summary>Whether secrets of the installation are as they were made.</summary>
public static class SecretCheck
{
    private static readonly string[] Names = ["installation.key", "admin.key"];

    /// <summary>Names of the secrets in a data folder that are not.</summary>
    public static IEnumerable<string> Damaged(string dataDirectory) =>
        Names.Where(name => SecretFile.IsIntact(Path.Combine(dataDirectory, name)) == false);
}
