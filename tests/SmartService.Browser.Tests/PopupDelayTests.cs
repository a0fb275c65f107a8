using System.Diagnostics;
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
        // The promise is the product's; three tries, because the machine may be busy with something else.
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3 && best > TimeSpan.FromSeconds(1); attempt++)
        {
            var store = await StorePage.EnterAsync(browser, "northpeak");
            await store.BecomeAsync("late-parcel");
            await store.FollowAsync("orders");
            var began = Stopwatch.StartNew();
            await store.FollowAsync("policy/delivery");
            await store.Popup.WaitForAsync();
            best = began.Elapsed < best ? began.Elapsed : best;
            await store.Page.Context.CloseAsync();
        }

        output.WriteLine($"Best of the tries: {best.TotalMilliseconds:0} ms.");
        best.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
    }
}
