using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;

namespace SmartService.Browser.Tests;

/// <summary>axe-core over what is on the page: WCAG 2.2 A and AA. Nothing serious and nothing critical may be found.</summary>
internal static class Accessibility
{
    private const string Run = """
        async selector => {
          const found = await axe.run(selector ?? document, {
            runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
            rules: { "target-size": { enabled: true } },
            resultTypes: ["violations"],
          });
          return JSON.stringify({
            passes: found.passes.length,
            violations: found.violations.flatMap(v => v.nodes.map(n => ({ rule: v.id, impact: n.impact ?? v.impact, where: n.target.flat().join(" "), why: n.failureSummary }))),
          });
        }
        """;

    private static readonly Lazy<string> Script = new(() =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, "axe.min.js");
        return File.Exists(file)
            ? File.ReadAllText(file)
            : throw new FileNotFoundException("axe-core is not here: run npm ci in src/web/console, then build again. ./smart test does both.", file);
    });

    /// <param name="selector">Only what is under it; null for the whole page.</param>
    public static async Task ShouldHoldAsync(IPage page, string name, string? selector = null) =>
        (await FindAsync(page, name, selector)).ShouldBeEmpty();

    /// <summary>Every serious or critical finding, in words.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page, string name, string? selector = null)
    {
        await page.EvaluateAsync(Script.Value); // Evaluated, not added as a script: the page's own policy would forbid that.
        using var found = JsonDocument.Parse(await page.EvaluateAsync<string>(Run, selector));
        found.RootElement.GetProperty("passes").GetInt32().ShouldBeGreaterThan(5, $"{name}: the checker saw nothing");
        return [.. found.RootElement.GetProperty("violations").EnumerateArray()
            .Where(v => v.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(v => $"{name}: {v.GetProperty("rule")} at {v.GetProperty("where")}: {v.GetProperty("why")}")];
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public static Task<int> OverhangAsync(IPage page) =>
        page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
