using System.Text.Json;
using System.Text.Json.Serialization;
using SmartService.Domain.Customers;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Parameters of <see cref="ShopperSimulator"/>.</summary>
/// <param name="Wishes">Factor on concerns about no order: a shopper has a hundred small wishes but one errand.</param>
/// <param name="Ordinary">Shoppers on ordinary days.</param>
/// <param name="Promotion">Shoppers on a campaign's days.</param>
internal sealed record SimulatorSettings(double Wishes, SimulatorDay Ordinary, SimulatorDay Promotion, IReadOnlyList<Concern> Concerns)
{
    private static readonly PageType[] Detours =
        [PageType.Home, PageType.Orders, PageType.Account, PageType.Help, PageType.Promotion, PageType.Cart, PageType.Policy, PageType.Other];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>What the shipped model learns from.</summary>
    public static SimulatorSettings Load() => Resource("simulator.json");

    /// <summary>Other weights, other paths and other habits: what the model is judged on.</summary>
    public static SimulatorSettings LoadEvaluation() => Resource("simulator-evaluation.json");

    /// <exception cref="TrainingFileException">The file is missing or not such parameters.</exception>
    public static SimulatorSettings LoadFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TrainingFileException([$"{path}: {e.Message}"]);
        }
    }

    public SimulatorDay Day(bool campaign) => campaign ? Promotion : Ordinary;

    /// <summary>The same world a little different: a model that learns from many such worlds leans on no single number of one.</summary>
    /// <remarks>Tobin et al., <i>Domain Randomization for Transferring Deep Neural Networks from Simulation to the Real World</i> (2017).</remarks>
    public SimulatorSettings Varied(SeededRandom random, double spread)
    {
        double Vary(double value, double by) => value * Math.Exp(by * random.NextNormal());
        double VaryChance(double value, double by) => Math.Min(0.98, Vary(value, by));
        SimulatorDay VaryDay(SimulatorDay day) => day with
        {
            NoConcern = Vary(day.NoConcern, spread),
            SkipPage = VaryChance(day.SkipPage, spread),
            WanderBefore = Vary(day.WanderBefore, spread),
            WanderBetween = VaryChance(day.WanderBetween, spread),
            WanderAfter = Vary(day.WanderAfter, spread),
            StrayError = VaryChance(day.StrayError, spread),
            Discount = VaryChance(day.Discount, spread),
            WanderSeconds = Vary(day.WanderSeconds, spread / 3),
            PathSeconds = Vary(day.PathSeconds, spread / 3),
        };

        return this with
        {
            Wishes = Vary(Wishes, spread / 2),
            Ordinary = VaryDay(Ordinary),
            Promotion = VaryDay(Promotion),
            Concerns = [.. Concerns.Select(concern => concern with
            {
                Weight = Vary(concern.Weight, spread), Promotion = Vary(concern.Promotion, spread), Steps = VaryPaths(concern.Steps, random, spread),
            })],
        };
    }

    /// <summary>Another shop is built otherwise: some paths do not exist there, some have a page more.</summary>
    private static IReadOnlyList<PathStep>[] VaryPaths(IReadOnlyList<IReadOnlyList<PathStep>> paths, SeededRandom random, double chance)
    {
        var kept = paths.Where(_ => !random.Chance(chance)).ToList();
        kept = kept.Count == 0 ? [paths[random.Next(paths.Count)]] : kept;
        foreach (var path in paths.Where(_ => random.Chance(chance)))
        {
            var page = new PathStep(Detours[random.Next(Detours.Length)], false, null, PageError.None, false, false, false);
            var longer = path.ToList();
            longer.Insert(random.Next(path.Count + 1), page);
            kept.Add(longer);
        }

        return [.. kept];
    }

    private static SimulatorSettings Resource(string name)
    {
        using var stream = typeof(SimulatorSettings).Assembly.GetManifestResourceStream("SmartService.Intent." + name)!;
        return Read(stream);
    }

    private static SimulatorSettings Read(Stream stream)
    {
        var settings = JsonSerializer.Deserialize<SimulatorSettings>(stream, Json) ?? throw new JsonException("The file is empty.");
        foreach (var concern in settings.Concerns)
        {
            if (concern.Steps.Count == 0 || concern.Weight < 0 || !QuestionLabels.All.Contains(new(concern.Intent)))
            {
                throw new JsonException($"Concern '{concern.Intent}' is not a question, has no path or a negative weight.");
            }
        }

        return settings;
    }
}
