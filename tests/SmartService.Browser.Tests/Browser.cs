using Microsoft.Playwright;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>One product and one browser for all tests of a collection; each test has a browser context of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>How long a busy machine may take; nothing is measured by it.</summary>
    private const float PatienceMs = 120_000;

    /// <summary>Debian's. The first makes no windows nobody sees: with it these tests take a quarter less of the processor.</summary>
    private static readonly string[] Chromium = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public RunningProduct Product { get; } = new();

    /// <summary>Where the pictures go that a person looks at after a run.</summary>
    public static string Screenshots { get; } =
        Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots")).FullName;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        var starting = Product.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            Timeout = 2 * PatienceMs,
            ExecutablePath = Array.Find(Chromium, File.Exists) ?? Chromium[^1],
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await starting;
    }

    public async Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 860, string locale = "en-US")
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Product.Address.ToString(),
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = height },
            Locale = locale,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(PatienceMs);
        await page.GotoAsync(path);
        return page;
    }

    public static Task PictureAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name + ".png") });

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await Product.DisposeAsync();
    }
}
