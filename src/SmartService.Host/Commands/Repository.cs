namespace SmartService.Host.Commands;

internal static class Repository
{
    /// <summary>The nearest folder upwards, from here or from the program, that holds the solution.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static string FindRoot()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "SmartService.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new CommandException("The repository was not found from here. Run this inside it, or name it with --root DIR.");
    }
}
