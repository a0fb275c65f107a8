using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace SmartService.Browser.Tests;

/// <summary>
/// What a leap through the question log costs whoever makes it. Rows are made a few at a time, so that none of the page's tasks takes long: that is
/// counted here, and holds on any machine. How long the tasks took is printed; it says something where nothing else is at work.
/// </summary>
[Collection(InOwnStores.Name)]
[Trait(Depends.On, Depends.Page)]
public sealed partial class ConsoleScrollCostTests(Browser browser, ITestOutputHelper output)
{
    private const int Questions = 4_000;
    private const int Leap = 3_000;
    private const int Leaps = 20;
    private const int MostRowsAtOnce = 8;
    private static readonly DateTimeOffset Newest = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Languages = ["ko", "zh", "en"];
    private static readonly string[] Texts = ["배송은 며칠 걸리나요?", "快递几天能到，运费谁出？", "How long does delivery to the islands take?"];
    private static readonly string[] Outcomes = ["answered", "clarified", "handed_off", "agent_answered", "waiting"];

    /// <summary>Rows that came at once, and tasks over 50 ms by the clock; a row is there when its element is.</summary>
    private const string Watch =
        """
        () => {
          const seen = window.seen = { long: [], most: 0, rows: 0 };
          new PerformanceObserver(list => seen.long.push(...list.getEntries().map(task => Math.round(task.duration)))).observe({ type: 'longtask' });
          new MutationObserver(changes => {
            const made = changes.flatMap(change => [...change.addedNodes]).filter(node => node.nodeType === 1 && node.role === 'row').length;
            seen.rows += made;
            seen.most = Math.max(seen.most, made);
          }).observe(document.querySelector('.q-rows'), { childList: true, subtree: true });
        }
        """;

    /// <summary>Whether rows fill the box from its top to its bottom.</summary>
    private const string Filled =
        """
        () => {
          const box = document.querySelector('.q-rows'), { top, bottom } = box.getBoundingClientRect();
          const rows = [...box.querySelectorAll('[role=row]')].map(row => row.getBoundingClientRect());
          return rows.length > 0 && Math.min(...rows.map(row => row.top)) <= top && Math.max(...rows.map(row => row.bottom)) >= bottom;
        }
        """;

    /// <summary>A wheel's turn has been answered by then.</summary>
    private const string SomeFrames = "async () => { for (let n = 0; n < 12; n++) { await new Promise(requestAnimationFrame); } }";

    [Fact]
    public async Task Log_LeaptThrough_MakesFewRowsAtOnce_AndLeavesNoGap()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.RouteAsync(QuestionPages(), AnswerAsync);
        await page.GotoAsync("/console/questions");
        await page.Locator(".q-rows [role=row]").First.WaitForAsync();
        await page.Locator(".q-rows").HoverAsync();
        var chromium = await page.Context.NewCDPSessionAsync(page);
        await chromium.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        await page.EvaluateAsync(Watch);
        foreach (var (direction, name) in new[] { (1, "down, rows never seen"), (-1, "up, rows seen before") })
        {
            await page.EvaluateAsync("() => Object.assign(window.seen, { long: [], most: 0, rows: 0 })");
            var before = await TaskSecondsAsync(chromium);
            for (var i = 0; i < Leaps; i++)
            {
                await page.Mouse.WheelAsync(0, direction * Leap);
                await page.EvaluateAsync(SomeFrames);
                await page.WaitForFunctionAsync(Filled);
            }

            var spent = await TaskSecondsAsync(chromium) - before;
            var seen = (await page.EvaluateAsync("() => window.seen"))!.Value;
            var (rows, most) = (seen.GetProperty("rows").GetInt32(), seen.GetProperty("most").GetInt32());
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {Leaps} leaps of {Leap} px made {rows} rows, at most {most} at once; {spent * 1000 / Math.Max(1, rows):F2} ms of the page's thread a row, all included; tasks over 50 ms by the clock: [{string.Join(", ", seen.GetProperty("long").EnumerateArray().Select(task => task.GetInt32()))}]"));
            rows.ShouldBeGreaterThan(Leaps, "nothing was drawn");
            most.ShouldBeLessThanOrEqualTo(MostRowsAtOnce);
        }

        (await page.Locator(".q-rows").EvaluateAsync<int>("box => box.scrollTop")).ShouldBe(0, "it was leapt back to the top");
        await Browser.PictureAsync(page, "console-questions-scrolled");
        await page.Context.CloseAsync();
    }

    /// <summary>The log as a server with many questions would answer; what the server itself takes is measured where it is.</summary>
    private static Task AnswerAsync(IRoute route)
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query);
        var (from, limit) = (int.Parse(query["cursor"] ?? "0", CultureInfo.InvariantCulture), int.Parse(query["limit"] ?? "50", CultureInfo.InvariantCulture));
        var to = Math.Min(Questions, from + limit);
        var next = to < Questions ? to.ToString(CultureInfo.InvariantCulture) : null;
        return route.FulfillAsync(new() { ContentType = "application/json", Body = JsonSerializer.Serialize(new { questions = Enumerable.Range(from, to - from).Select(Question), next }) });
    }

    private static object Question(int n) => new
    {
        conversation = $"talk-{n:0000}", number = 1, customer = $"shopper-{n % 70}", at = Newest.AddMinutes(-n), language = Languages[n % 3], text = $"{Texts[n % 3]} NP-{n:00000}",
        intent = "delivery.time", confidence = n % 100 / 100d, outOfScope = 0.1, model = "intent@9c41", outcome = Outcomes[n % 5], answer = n % 4 == 0 ? "" : "Two to four working days; free of charge from 50 euros.",
        source = new { kind = "qna", id = $"item-{n % 20:000}", version = 2, title = "Delivery" }, helpful = n % 7 == 0,
    };

    private static async Task<double> TaskSecondsAsync(ICDPSession chromium) =>
        (await chromium.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .Single(m => m.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();

    [GeneratedRegex(@"/v1/questions\?")]
    private static partial Regex QuestionPages();
}
