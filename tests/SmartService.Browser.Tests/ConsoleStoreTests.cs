using System.Text;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>A merchant sets a store up, changes its policy and reads its figures.</summary>
[Collection(InOwnStores.Name)]
public sealed class ConsoleStoreTests(Browser browser)
{
    private const string Faq = "How long does delivery take?\nTwo to four working days within Norway.\n\nCan I return worn boots?\nYes, within 60 days, if the soles are clean.\n\nDo you repair tents?\nYes, from any maker. Bring it by.\n";

    [Fact]
    public async Task Onboarding_NewStore_IsDoneStepByStepOnOnePage()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Set up in five minutes" }).WaitForAsync();
        await page.GotoAsync("/console/?step=visit");
        await page.GetByText("Waiting for the first visit…").WaitForAsync();
        using var shopper = await store.ShopperAsync();
        await ConsoleStore.VisitAsync(shopper, "home");
        await page.GetByText("The first visit arrived").WaitForAsync(); // The tick comes by itself.

        await page.GotoAsync("/console/?step=knowledge");
        await page.GetByLabel("Text or HTML of your FAQ page").FillAsync(Faq);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find questions and answers" }).ClickAsync();
        await page.GetByText("Found 3 questions.").WaitForAsync();
        await page.GetByLabel("Take “Do you repair tents?”").UncheckAsync();
        await Browser.PictureAsync(page, "console-onboarding-faq");
        await Accessibility.ShouldHoldAsync(page, "onboarding, FAQ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save 2 answers" }).ClickAsync();
        await page.GetByText("Items: 2").WaitForAsync();

        await page.GotoAsync("/console/?step=trial");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).First.FillAsync("Can I return worn boots?");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Yes, within 60 days").First.WaitForAsync();

        await page.GotoAsync("/console/?step=popups");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Calm" }).ClickAsync();
        await page.GetByText("Saved.").First.WaitForAsync();
        await page.GotoAsync("/console/settings/popups");
        await Assertions.Expect(page.GetByLabel("Most per visit")).ToHaveValueAsync("1");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Orders_FromAFile_NameEachFaultThenComeIn()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/?step=order");
        await page.GetByRole(AriaRole.Tab, new() { Name = "From a CSV file" }).ClickAsync();
        const string Head = "number,customer,product,name,quantity,unitPrice,currency,placedAt,promisedAt,carrier,parcel\n";
        await ChooseAsync(page, Head + "o-1,c-1,p-1,Tent,none,120,EUR,2026-11-20,,,\n");
        await page.GetByRole(AriaRole.Table, new() { Name = "Faults in the file: 1" }).GetByText("quantity").WaitForAsync();
        await ChooseAsync(page, Head + "o-1,c-1,p-1,Tent,1,120,EUR,2026-11-20,2026-11-25,DHL,JD1\no-1,c-1,p-2,Pegs,4,2.5,EUR,2026-11-20,,,\no-2,c-2,p-1,Tent,1,120,EUR,2026-11-21,,,\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload 2 orders" }).ClickAsync();
        await page.GetByText("new or changed orders: 2.").WaitForAsync();
        using var secret = store.Secret();
        await ConsoleStore.ShouldSayAsync(secret, "/v1/orders/o-1", "130");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Policy_Changed_ShowsItsEffectBeforeItIsSaved()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        await store.WriteItemAsync("item-one", "How long does delivery take?", "Two to four working days.");
        using var shopper = await store.ShopperAsync();
        await ConsoleStore.AskAsync(shopper, "How long does delivery take?");
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/settings/policy");
        await page.GetByRole(AriaRole.Switch, new() { Name = "The bot answers by itself" }).ClickAsync();
        await page.Locator(".preview").GetByRole(AriaRole.Table).WaitForAsync();
        await page.GetByText("Not saved yet").WaitForAsync();
        await Browser.PictureAsync(page, "console-policy-preview");
        await Accessibility.ShouldHoldAsync(page, "policy with preview");
        using var secret = store.Secret();
        (await secret.GetStringAsync("/v1/tenant/policy")).ShouldContain("\"autonomy\":true"); // Nothing was written.
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("Saved.").First.WaitForAsync();
        await ConsoleStore.ShouldSayAsync(secret, "/v1/tenant/policy", "\"autonomy\":false");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Figures_Number_LeadsToTheConversationsBehindIt()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        using var shopper = await store.ShopperAsync();
        await ConsoleStore.AskAsync(shopper, "I want to talk to a person");
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/figures?span=today");
        var tile = page.Locator(".tile-link", new() { HasText = "Handed to a person" });
        await Assertions.Expect(tile).ToContainTextAsync("100%");
        await page.Locator("canvas").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show as a table" }).ClickAsync();
        await page.GetByRole(AriaRole.Table, new() { Name = "Volume" }).WaitForAsync();
        await Browser.PictureAsync(page, "console-figures");
        await Accessibility.ShouldHoldAsync(page, "figures");
        await tile.ClickAsync();
        await page.Locator(".talk-row").First.WaitForAsync();
        page.Url.ShouldContain("handedOff=true");
        await page.Context.CloseAsync();
    }

    private static Task ChooseAsync(IPage page, string text) =>
        page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "orders.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
}
