using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace SmartService.Browser.Tests;

/// <summary>What is promised about a popup's delay, measured while nothing else is asked of the product.</summary>
[Collection(Alone.Name)]
public sealed class PopupDelayTests(Browser browser, ITestOutputHelper output)
{
    [Fact]
    public async Task LateParcel_PolicyOpened_ShowsThePopupWithinOneSecond()
    {
        // The promise is the product's, for a machine that works for it: three tries, and of each the time the processors had for whoever wanted them.
        var best = TimeSpan.MaxValue;
        using var processors = new Yardstick();
        for (var attempt = 0; attempt < 3 && best > TimeSpan.FromSeconds(1); attempt++)
        {
            var store = await StorePage.EnterAsync(browser, "northpeak");
            await store.BecomeAsync("late-parcel");
            await store.FollowAsync("orders");
            var (began, before) = (Stopwatch.StartNew(), processors.Now);
            await store.FollowAsync("policy/delivery");
            await store.Popup.WaitForAsync();
            var (took, share) = (began.Elapsed, Yardstick.Share(before, processors.Now));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0} ms, with {share:P0} of a processor for whoever wanted one."));
            best = took * share < best ? took * share : best;
            await store.Page.Context.CloseAsync();
        }

        best.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
    }
}
