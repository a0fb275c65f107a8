using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>The frame around every page: palette, keys, colours, languages.</summary>
[Collection(InDemoStores.Name)]
[Trait(Depends.On, Depends.Page)]
public sealed class ConsoleShellTests(Browser browser)
{
    private const string Tenant = "northpeak";

    [Fact]
    public async Task Palette_TypedWords_FindPagesAndItemsAndOpenThem()
    {
        var page = await OpenAsync("/console/questions");
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).FillAsync("unans");
        await page.GetByRole(AriaRole.Option, new() { Name = "Unanswered" }).WaitForAsync();
        await Accessibility.ShouldHoldAsync(page, "palette", "[role=dialog]");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Unanswered", Exact = true }).WaitForAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).FillAsync("sleeping bag");
        await page.GetByRole(AriaRole.Group, new() { Name = "Q&A items" }).GetByRole(AriaRole.Option).First.ClickAsync();
        await page.WaitForURLAsync("**/console/item?id=*");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Keys_Pressed_GoAndTheSheetTurnsThemOff()
    {
        var page = await OpenAsync("/console/questions");
        await PressInARowAsync(page, "g", "i");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Q&A items", Exact = true }).WaitForAsync();
        await page.Keyboard.PressAsync("?");
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await sheet.WaitForAsync();
        await Accessibility.ShouldHoldAsync(page, "sheet", "[role=dialog]");
        await sheet.GetByRole(AriaRole.Switch).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await PressInARowAsync(page, "g", "q");
        await page.Keyboard.PressAsync("Control+k"); // Works either way, and comes after the two keys had their chance.
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).WaitForAsync();
        page.Url.ShouldContain("/items");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Keys_WhileWriting_AreLetters()
    {
        var page = await OpenAsync("/console/questions");
        var search = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search questions and answers" });
        await search.WaitForAsync();
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(search).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("gi?");
        await Assertions.Expect(search).ToHaveValueAsync("gi?");
        page.Url.ShouldContain("/questions");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Appearance_Dark_IsKeptAndThereBeforeTheFirstPaint()
    {
        var page = await OpenAsync("/console/questions");
        await page.Locator(".side-account").ClickAsync();
        await page.GetByText("Dark mode").ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.mantineColorScheme === 'dark'");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Language_Chosen_ChangesEverythingAndIsKept()
    {
        var page = await OpenAsync("/console/questions");
        await page.Locator(".side-account").ClickAsync();
        await page.GetByText("中文").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "问题记录" }).WaitForAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "问题记录" }).WaitForAsync();
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("zh");
        await page.Context.CloseAsync();
    }

    /// <summary>The second key goes without waiting for what the page does with the first: a person does not wait either, and the page gives them little time.</summary>
    private static Task PressInARowAsync(IPage page, string first, string second) =>
        Task.WhenAll(page.Keyboard.PressAsync(first), page.Keyboard.PressAsync(second));

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await browser.OpenAsync($"{path}?demo={Tenant}");
        await page.Locator(".side-account").WaitForAsync();
        return page;
    }
}
