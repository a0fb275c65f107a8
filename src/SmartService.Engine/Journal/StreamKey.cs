using SmartService.Domain;

namespace SmartService.Engine.Journal;

/// <summary>Names the history of one entity.</summary>
/// <param name="Region">"customer", "conversation", "knowledge", "order", "tenant"; one per decider.</param>
public readonly record struct StreamKey(string Region, EntityKey Entity)
{
    public override string ToString() => $"{Region}/{Entity}";
}
