using System.Reflection;

namespace SmartService.Intent.Tests;

/// <summary>Where the checkout is, for tests that read its data.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string ShippedModel { get; } = Path.Combine(AppContext.BaseDirectory, "Models", "intents.onnx");

    public static string ShippedPredictor { get; } = Path.Combine(AppContext.BaseDirectory, "Models", "predictor.onnx");
}
