namespace SmartService.Host.Tests.World;

/// <summary>Tests that start the product as a process run one after another: each wants the machine for itself.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessTests
{
    public const string Name = "processes";
}
