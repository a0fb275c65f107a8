using System.Text.Json;
using SmartService.Intent.Onnx;

namespace SmartService.Intent.Prediction;

/// <summary>Parameters of <see cref="ShopperSimulator"/>; weights are relative, chances in [0, 1].</summary>
/// <param name="NoConcern">Weight of wanting nothing, beside the weights of all concerns that fit the shopper.</param>
/// <param name="Ask">Chance that a shopper with a concern asks before solving it alone.</param>
/// <param name="AskWithoutCause">Chance that a shopper without visible cause asks something all the same.</param>
/// <param name="SkipPage">Chance to leave out a page of a path.</param>
/// <param name="WanderBefore">Mean number of other pages before the path.</param>
/// <param name="WanderAfter">Mean number after it.</param>
/// <param name="StrayError">Chance of an error on a page that shows one only now and then.</param>
/// <param name="OrdersMean">Mean number of orders.</param>
/// <param name="OrderKinds">Weight of each situation an order may be in.</param>
internal sealed record SimulatorSettings(
    double NoConcern,
    double Ask,
    double AskWithoutCause,
    double SkipPage,
    double WanderBefore,
    double WanderAfter,
    double StrayError,
    double OrdersMean,
    IReadOnlyDictionary<string, double> OrderKinds,
    IReadOnlyList<Concern> Concerns)
{
    /// <summary>The parameters of the shipped model, from simulator.json.</summary>
    public static SimulatorSettings Load()
    {
        using var stream = typeof(SimulatorSettings).Assembly.GetManifestResourceStream("SmartService.Intent.simulator.json")!;
        return JsonSerializer.Deserialize<SimulatorSettings>(stream, MetadataJson.Options)
            ?? throw new JsonException("simulator.json is empty.");
    }
}
