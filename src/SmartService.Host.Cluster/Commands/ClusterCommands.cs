using System.CommandLine;
using SmartService.Host.Commands;

namespace SmartService.Host.Cluster.Commands;

/// <summary>The verbs of the cluster's executable.</summary>
internal static class ClusterCommands
{
    public static Task<int> InvokeAsync(string[] args)
    {
        // No time limit on ending: hosts stop by themselves, in order, when they are told to.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null };
        return new RootCommand("SmartService on a cluster: Microsoft Orleans, PostgreSQL and Redis.")
        {
            NodeCommands.BuildRun(),
            NodeCommands.BuildSilo(),
            NodeCommands.BuildMigrate(),
            RebuildCommand.Build(),
            MembersCommands.BuildMembers(NodeCommands.AddMembers),
            MembersCommands.BuildAudit(NodeCommands.AddMembers),
            LocalCommands.BuildUp(),
            LocalCommands.BuildDown(),
            LocalCommands.BuildStatus(),
            LocalCommands.BuildKill(),
            LocalCommands.BuildFault(),
            HealthCommand.Build(),
            VersionCommand.Build(),
        }.Parse(args).InvokeAsync(configuration);
    }
}
