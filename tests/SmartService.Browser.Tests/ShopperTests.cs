using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace SmartService.Browser.Tests;

/// <summary>The main job, in Chromium: a shopper is helped before asking, and the chat answers the rest.</summary>
[Collection(InDemoStores.Name)]
public sealed class ShopperTests(Browser browser, ITestOutputHelper output)
{
    [Theory]
    [InlineData("northpeak", "How do I wash a down sleeping bag?", "zxqv blorp 9931 wug")]
    [InlineData("haeon", "쿠폰이 적용이 안 돼요", "크르릉 뷁뚫 자몽자몽 9931")]
    [InlineData("lanxing", "退货运费谁出", "量子土豆 嗡嗡嗡 9931")]
    public async Task LateParcel_OrdersThenDeliveryPolicy_IsToldBeforeAskingAndGoesOnAsChat(string tenant, string question, string nonsense)
    {
        var store = await StorePage.EnterAsync(browser, tenant);
        await store.BecomeAsync("late-parcel");
        var order = (await store.InsightAsync())["orders"]!.AsArray()[0]!["number"]!.GetValue<string>();

        await store.FollowAsync("orders");
        await store.Page.Locator("ul.orders").WaitForAsync();
        var clock = Stopwatch.StartNew();
        await store.FollowAsync("policy/delivery");
        await store.Popup.WaitForAsync();
        output.WriteLine($"{tenant}: the popup was on the page {clock.ElapsedMilliseconds} ms after the policy was opened.");
        await Browser.PictureAsync(store.Page, $"{tenant}-popup");
        (await store.Popup.InnerTextAsync()).ShouldContain(order);

        await store.Popup.Locator(".main").ClickAsync();
        await store.Log.Locator(".m").First.WaitForAsync();
        (await store.Log.InnerTextAsync()).ShouldContain(order);

        await store.AskAsync(question);
        await Browser.PictureAsync(store.Page, $"{tenant}-chat");
        (await store.Answers.CountAsync()).ShouldBeGreaterThan(1);
        (await store.Page.Locator("[data-smartservice] .bar[role=status]").IsVisibleAsync()).ShouldBeFalse("the question should have been answered by the bot");

        await store.AskAsync(nonsense);
        await store.Page.Locator("[data-smartservice] .bar[role=status]").WaitForAsync();
        await Browser.PictureAsync(store.Page, $"{tenant}-handed-off");
        await store.Page.Context.CloseAsync();
    }

    public static TheoryData<string, string, string> Situations()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var tenant in new[] { "northpeak", "haeon", "lanxing" })
        {
            foreach (var (situation, topic) in new[]
            {
                ("payment-failed", "payment.failed"), ("size-doubt", "product.size"), ("coupon", "promo.coupon"),
                ("refund-waiting", "refund.status"), ("price-drop", "promo.price_protection"),
            })
            {
                data.Add(tenant, situation, topic);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task TellingSituation_SuggestedPathFollowed_PopsUpWithItsTopic(string tenant, string situation, string topic)
    {
        var store = await StorePage.EnterAsync(browser, tenant);
        await store.BecomeAsync(situation);
        await WalkAsync(store, situation);
        await store.Popup.WaitForAsync();
        await Browser.PictureAsync(store.Page, $"{tenant}-{situation}");
        var popups = (await store.InsightAsync())["popups"]!.AsArray();
        popups.Select(p => p!["topic"]!.GetValue<string>()).ShouldContain(topic);
        await store.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task Popup_Dismissed_StaysClosedForItsTopic()
    {
        var store = await StorePage.EnterAsync(browser, "northpeak");
        await store.BecomeAsync("late-parcel");
        await store.FollowAsync("orders");
        await store.FollowAsync("policy/delivery");
        await store.Popup.Locator(".x").ClickAsync();
        await Assertions.Expect(store.Popup).ToBeHiddenAsync();
        await store.FollowAsync("orders");
        await store.FollowAsync("policy/delivery");
        await Assertions.Expect(store.Page.Locator(".strip .verdict")).ToHaveTextAsync(new Regex("stays closed|not repeated|Nothing"));
        (await store.Popup.IsVisibleAsync()).ShouldBeFalse();
        await store.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task Chat_Offline_SendsWhatWasWrittenOnceBack()
    {
        var store = await StorePage.EnterAsync(browser, "northpeak");
        await store.AskAsync("hello");
        await store.Page.Context.SetOfflineAsync(true);
        await store.Page.Locator("[data-smartservice] textarea").FillAsync("Do you ship to Iceland?");
        await store.Page.Locator("[data-smartservice] textarea").PressAsync("Enter");
        await store.Page.Locator("[data-smartservice] .m.me[data-status='sending']").WaitForAsync();
        await Browser.PictureAsync(store.Page, "northpeak-offline");
        await store.Page.Context.SetOfflineAsync(false);
        await store.Page.Locator("[data-smartservice] .m.me[data-status='read']", new() { HasText = "Iceland" }).WaitForAsync();
        (await store.Page.Locator("[data-smartservice] .m.me", new() { HasText = "Iceland" }).CountAsync()).ShouldBe(1);
        await store.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task Chat_NewGuest_SuggestsQuestionsAndWorksByKeyboardInDarkModeOnAPhone()
    {
        var store = await StorePage.EnterAsync(browser, "haeon", ColorScheme.Dark, width: 390);
        await store.Page.Locator("[data-smartservice] .launch").FocusAsync();
        await store.Page.Keyboard.PressAsync("Enter");
        await store.Page.Locator("[data-smartservice] .sug .chip").First.WaitForAsync();
        (await store.Page.Locator("[data-smartservice] .sug .chip").CountAsync()).ShouldBeInRange(3, 6);
        await Browser.PictureAsync(store.Page, "haeon-phone-dark");
        await store.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(store.Page.Locator("[data-smartservice] .panel")).ToBeHiddenAsync();
        await store.Page.Context.CloseAsync();
    }

    private static async Task WalkAsync(StorePage store, string situation)
    {
        var page = store.Page;
        switch (situation)
        {
            case "payment-failed":
                await store.FollowAsync("payment");
                for (var i = 0; i < 2; i++)
                {
                    await page.Locator("form.pay button").ClickAsync();
                    await Assertions.Expect(page.Locator("form.pay .error, .pay .error")).Not.ToBeEmptyAsync();
                }

                await page.GotoBackToPolicyAsync("payment");
                break;
            case "coupon":
                await store.FollowAsync("cart");
                for (var i = 0; i < 2; i++)
                {
                    await page.Locator(".coupon-form input").FillAsync(await page.Locator(".coupon-form input").GetAttributeAsync("placeholder") ?? "CODE");
                    await page.Locator(".coupon-form button").ClickAsync();
                    await Assertions.Expect(page.Locator(".coupon-form .error")).Not.ToBeEmptyAsync();
                }

                break;
            default:
                for (var round = 0; round < 3 && !await store.Popup.IsVisibleAsync(); round++)
                {
                    foreach (var step in await page.Locator(".step").AllAsync())
                    {
                        await step.ClickAsync();
                        await page.WaitForTimeoutAsync(300); // A shopper looks at a page before going on.
                    }
                }

                break;
        }
    }
}

internal static class PageMoves
{
    /// <summary>From the payment form to a policy page, through the link under the form.</summary>
    public static Task GotoBackToPolicyAsync(this IPage page, string policy) => page.Locator($"main a[href$='/policy/{policy}']").ClickAsync();
}
