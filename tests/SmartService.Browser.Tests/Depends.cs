namespace SmartService.Browser.Tests;

/// <summary>What the outcome of a test depends on: <c>[Trait(Depends.On, Depends.Page)]</c>.</summary>
internal static class Depends
{
    public const string On = "Depends";

    /// <summary>Only what the page itself does: its look, its languages, its keys, its cost. The engine behind it makes no difference.</summary>
    public const string Page = "page";
}
