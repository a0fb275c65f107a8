using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>Tests in the demo stores, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class InDemoStores : ICollectionFixture<Browser>
{
    public const string Name = "in the demo stores";
}

/// <summary>Tests that open a store each: they run beside those in the demo stores, with a product and a browser of their own.</summary>
[CollectionDefinition(Name)]
public sealed class InOwnStores : ICollectionFixture<Browser>
{
    public const string Name = "in stores of their own";
}

/// <summary>Tests that measure by the clock, or change what holds for every store: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone : ICollectionFixture<Browser>
{
    public const string Name = "alone";
}
