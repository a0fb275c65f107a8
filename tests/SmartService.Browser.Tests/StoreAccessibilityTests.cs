using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>The widget on a store's page, and the strip beside a demo store.</summary>
[Collection(InDemoStores.Name)]
[Trait(Depends.On, Depends.Page)]
public sealed class StoreAccessibilityTests(Browser browser)
{
    private const string Widget = "[data-smartservice]";

    [Theory]
    [InlineData("northpeak", ColorScheme.Light, 1280, "How long does delivery take?")]
    [InlineData("northpeak", ColorScheme.Dark, 390, "How long does delivery take?")]
    [InlineData("haeon", ColorScheme.Light, 390, "배송은 얼마나 걸리나요?")]
    [InlineData("lanxing", ColorScheme.Dark, 1280, "多久能送到")]
    public async Task Widget_OpenWithSuggestionsThenTalking_HasNoSeriousFinding(string tenant, ColorScheme scheme, int width, string question)
    {
        var store = await StorePage.EnterAsync(browser, tenant, scheme, width);
        await Accessibility.ShouldHoldAsync(store.Page, $"{tenant} closed", Widget);
        await store.Page.Locator($"{Widget} .launch").ClickAsync();
        await store.Page.Locator($"{Widget} .sug .chip").First.WaitForAsync();
        var name = $"widget-{tenant}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-{width}";
        await Browser.PictureAsync(store.Page, name + "-open");
        await Accessibility.ShouldHoldAsync(store.Page, $"{name} open", Widget);
        await store.AskAsync(question);
        await Browser.PictureAsync(store.Page, name + "-answered");
        await Accessibility.ShouldHoldAsync(store.Page, $"{name} answered", Widget);
        await store.Page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("northpeak", "Choose who walks in", "late, ")]
    [InlineData("haeon", "들어올 고객을 고르세요", "지연, ")]
    [InlineData("lanxing", "选择进店的顾客", "已延误, ")]
    public async Task Strip_LateParcel_SpeaksTheStoresLanguageAndThePopupHasNoSeriousFinding(string tenant, string lead, string parcel)
    {
        var store = await StorePage.EnterAsync(browser, tenant);
        await store.BecomeAsync("late-parcel");
        await store.FollowAsync("orders");
        await store.Page.Locator("ul.orders").WaitForAsync();
        await store.FollowAsync("policy/delivery");
        await store.Popup.WaitForAsync();
        await store.Page.Locator(".strip .bars li").First.WaitForAsync();
        await Browser.PictureAsync(store.Page, $"strip-{tenant}");
        var said = await store.Page.Locator(".strip").InnerTextAsync();
        said.ShouldContain(lead);
        said.ShouldContain(parcel);
        await Accessibility.ShouldHoldAsync(store.Page, $"{tenant} popup", Widget);
        await Accessibility.ShouldHoldAsync(store.Page, $"{tenant} strip", ".strip");
        await store.Page.Context.CloseAsync();
    }
}
