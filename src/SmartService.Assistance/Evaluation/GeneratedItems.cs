using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Evaluation;

/// <summary>A large shop's worth of items: every question of a small one asked of many products.</summary>
public static class GeneratedItems
{
    private static readonly string[] Kinds = ["tent", "jacket", "boots", "pack", "stove", "lamp", "rope", "shell", "fleece", "pole", "mat", "bottle", "knife", "glove", "cap", "sock", "filter", "sled", "chair", "tarp"];
    private static readonly string[] Names = ["Aster", "Birch", "Cairn", "Delta", "Ember", "Fjord", "Grove", "Haven", "Inlet", "Junip", "Krait", "Larch", "Mesa", "North", "Ochre", "Pinon", "Quarry", "Ridge", "Summit", "Tarn"];

    /// <param name="seeds">Items whose questions are asked; all of one locale.</param>
    /// <param name="count">How many; the same count always gives the same items.</param>
    public static IReadOnlyList<ImportedItem> From(IReadOnlyList<ImportedItem> seeds, int count)
    {
        var items = new ImportedItem[count];
        for (var i = 0; i < count; i++)
        {
            var seed = seeds[i % seeds.Count].Content;
            var n = i / seeds.Count;
            var product = $"{Names[n % Names.Length]} {Kinds[n / Names.Length % Kinds.Length]} {n / (Names.Length * Kinds.Length)}";
            var variant = seed.Variants.Length == 0 ? seed.Question : seed.Variants[n % seed.Variants.Length];
            items[i] = new(
                new($"g-{i:00000}"),
                seed with { Question = $"{seed.Question} {product}", Variants = [$"{product}: {variant}"], Answer = $"{product}: {seed.Answer}", Actions = [] });
        }

        return items;
    }
}
