namespace SmartService.Engine.Contract;

/// <summary>Where the engines of one test keep what they store, one after the other.</summary>
public interface IEngineStore
{
    Task<EngineUnderTest> StartEngineAsync(EngineSettings settings);

    /// <summary>True when a text is anywhere in what is stored. Engines may be running.</summary>
    Task<bool> HoldsAsync(string text);

    Task DeleteAsync();
}
