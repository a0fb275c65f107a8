using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>How members come in: invited, by password, with a second factor, by a recovery code; and how they are put out.</summary>
[Collection(InOwnStores.Name)]
public sealed class ConsoleSignInTests(Browser browser)
{
    [Fact]
    public async Task Invitation_Accepted_SignsInAndTheLinkIsSpent()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GetByText("Good to see you, " + ConsoleStore.OwnerName).WaitForAsync();
        page.Url.ShouldNotContain("#"); // The token must not stay in the history.
        var again = await browser.OpenAsync(store.Invitation);
        await again.GetByText("This link does not work any more").WaitForAsync();
        await Accessibility.ShouldHoldAsync(again, "spent link");
        await page.Context.CloseAsync();
        await again.Context.CloseAsync();
    }

    [Fact]
    public async Task SignIn_WrongThenRight_SaysSoAndEnters()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        await (await store.JoinAsync()).Context.CloseAsync();
        var page = await browser.OpenAsync("/console/figures?span=28d");
        await ConsoleStore.FillSignInAsync(page, store.OwnerMail, "not the password");
        await page.GetByText("Mail address or password is wrong.").WaitForAsync();
        await Browser.PictureAsync(page, "console-signin-wrong");
        await Accessibility.ShouldHoldAsync(page, "sign-in refused");
        await ConsoleStore.FillSignInAsync(page, store.OwnerMail, ConsoleStore.Password);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Figures" }).WaitForAsync();
        page.Url.ShouldEndWith("span=28d"); // Where the person wanted to go.
        await page.Locator(".side-account").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByLabel("Mail address").WaitForAsync();
        await page.ReloadAsync();
        await page.GetByLabel("Mail address").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task SecondFactor_SetUp_IsAskedForAndARecoveryCodeHelpsOnce()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/settings/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Present password" }).FillAsync(ConsoleStore.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Img, new() { Name = "QR code" }).WaitForAsync();
        var key = (await dialog.Locator("code").First.InnerTextAsync()).Trim();
        await Browser.PictureAsync(page, "console-second-factor");
        await Accessibility.ShouldHoldAsync(page, "second factor", "[role=dialog]");
        await TypeCodeAsync(dialog, Totp(key, DateTimeOffset.UtcNow));
        await dialog.GetByText("Keep these ten codes").WaitForAsync();
        var codes = (await dialog.Locator("pre").InnerTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        codes.Length.ShouldBe(10);

        var other = await store.SignInAsync();
        await other.GetByText("Six digits, new every 30 seconds.").WaitForAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Use a recovery code" }).ClickAsync();
        await other.GetByLabel("Recovery code").FillAsync(codes[0]);
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await other.GetByText("Good to see you").WaitForAsync();

        await page.GotoAsync("/console/settings/account");
        await page.GetByText("Recovery codes left: 9.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();
        await page.GetByText("Ended.").WaitForAsync();
        await other.GotoAsync("/console/questions");
        await other.GetByLabel("Mail address").WaitForAsync();
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [Fact]
    public async Task Member_InvitedAsReader_SeesNoSettingsOfTheStoreAndMayNotWrite()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var owner = await store.JoinAsync();
        await owner.GotoAsync("/console/settings/members");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
        var dialog = owner.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Mail address").FillAsync($"lea@{store.Id}.example");
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Role" }).ClickAsync();
        await owner.GetByRole(AriaRole.Option, new() { Name = "Read-only" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
        var link = new Uri((await dialog.Locator("pre").InnerTextAsync()).Trim());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await owner.GetByText($"lea@{store.Id}.example").WaitForAsync();
        await Browser.PictureAsync(owner, "console-members");

        var reader = await browser.OpenAsync(link.PathAndQuery + link.Fragment);
        await reader.Locator("input[autocomplete=name]").FillAsync("Lea Reader");
        await reader.Locator("input[autocomplete=new-password]").FillAsync("only looking at things");
        await reader.Locator("button[type=submit]").ClickAsync();
        await reader.GetByText("Good to see you, Lea Reader").WaitForAsync();
        await reader.GotoAsync("/console/settings/policy");
        await reader.GetByText("You may look, not change.").WaitForAsync();
        (await reader.GetByRole(AriaRole.Link, new() { Name = "Members" }).CountAsync()).ShouldBe(0);
        var refused = await reader.EvaluateAsync<int>("() => fetch('/v1/tenant/policy', { method: 'PUT', headers: { 'content-type': 'application/json', 'x-console': '1' }, body: '{\"tone\":\"formal\"}' }).then(r => r.status)");
        refused.ShouldBe(403);
        await owner.Context.CloseAsync();
        await reader.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_AnyOfTheConsole_HasAPolicyWithoutInlineScriptStyleOrMarkup()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await browser.OpenAsync("/console/");
        var policy = (await (await page.GotoAsync("/console/questions"))!.AllHeadersAsync())["content-security-policy"];
        policy.ShouldNotContain("unsafe");
        policy.ShouldContain("require-trusted-types-for 'script'");
        Regex.IsMatch(policy, "style-src 'self' 'nonce-[A-Za-z0-9_-]{20,}'").ShouldBeTrue(policy);
        var second = (await (await page.GotoAsync("/console/questions"))!.AllHeadersAsync())["content-security-policy"];
        second.ShouldNotBe(policy); // A nonce used twice is none.
        (await page.EvaluateAsync<string>("() => { try { document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'; return 'written'; } catch (e) { return e.name; } }")).ShouldBe("TypeError");
        await page.Context.CloseAsync();
        _ = store;
    }

    private static async Task TypeCodeAsync(ILocator dialog, string code)
    {
        var boxes = dialog.Locator("input[inputmode=numeric], .mantine-PinInput-input");
        await boxes.First.ClickAsync();
        await boxes.First.PressSequentiallyAsync(code);
    }

    /// <summary>RFC 6238 with the parameters every authenticator uses.</summary>
    private static string Totp(string base32, DateTimeOffset at)
    {
        var key = FromBase32(base32.Replace(" ", "", StringComparison.Ordinal));
        var counter = BitConverter.GetBytes(at.ToUnixTimeSeconds() / 30);
        Array.Reverse(counter);
#pragma warning disable CA5350 // The standard's own hash.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xF;
        var number = ((hash[offset] & 0x7F) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var (bits, value, bytes) = (0, 0, new List<byte>());
        foreach (var letter in text.TrimEnd('=').ToUpperInvariant())
        {
            value = (value << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(value >> bits));
                value &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
