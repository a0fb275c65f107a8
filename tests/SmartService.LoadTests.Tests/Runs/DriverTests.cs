using System.Diagnostics;
using System.Text.RegularExpressions;
using SmartService.Drill.Driving;
using SmartService.Drills.Checking;
using SmartService.Drills.Reports;
using SmartService.Drills.Shoppers;

namespace SmartService.LoadTests.Tests.Runs;

/// <summary>The driver against servers that misbehave on purpose: 100 consultations of three questions within two seconds.</summary>
public sealed partial class DriverTests
{
    [Fact]
    public async Task ServerThatStalls_IsChargedWithTheWholeQueue()
    {
        var stall = TimeSpan.FromMilliseconds(500);
        var requests = 0;
        Task? stalled = null;
        await using var server = new FakeServer(async (_, _) =>
        {
            if (Interlocked.Increment(ref requests) == 60)
            {
                stalled = Task.Delay(stall);
            }

            await (stalled ?? Task.CompletedTask);
            return FakeServer.Kept;
        });

        // Two connections: a closed loop would find two slow answers among 300 and call the rest fast.
        var (report, _) = await DriveAsync(server, "connections: 2");
        (report.Sent, report.Acknowledged).ShouldBe((300, 300));
        report.AckP90Ms.ShouldBeGreaterThan(100, "a sixth of all questions should have been sent during the stall");
        report.AckMaxMs.ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task AnswersThatAreSwallowed_AreAskedForAgain_WithTheSameId_InTheOrderOfTheConversation()
    {
        // The first attempt of every third message is taken in and never answered.
        await using var server = new FakeServer((request, times) => Task.FromResult(times == 1 && request.GetHashCode(StringComparison.Ordinal) % 3 == 0 ? null : FakeServer.Kept));
        var (report, _) = await DriveAsync(server, "connections: 16");
        (report.Sent, report.Acknowledged).ShouldBe((300, 300));
        report.Resent.ShouldBeGreaterThan(0);
        foreach (var conversation in server.Requests.Select(r => ClientId().Match(r).Groups).GroupBy(g => g[1].Value))
        {
            conversation.Select(g => g[2].Value).Distinct().ShouldBe(["00", "01", "02"]);
            conversation.Select(g => g[2].Value).ShouldBeInOrder(SortDirection.Ascending, "the next question waits for the answer to the one before");
        }
    }

    [Fact]
    public async Task RefusedForNow_IsSentAgain_AfterTheTimeItWasTold()
    {
        var first = new TaskCompletionSource<long>();
        var second = new TaskCompletionSource<long>();
        await using var server = new FakeServer((request, times) =>
        {
            if (!request.Contains("0000000000\"", StringComparison.Ordinal))
            {
                return Task.FromResult<string?>(FakeServer.Kept);
            }

            (times == 1 ? first : second).TrySetResult(Stopwatch.GetTimestamp());
            return Task.FromResult<string?>(times == 1 ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n" : FakeServer.Kept);
        });
        var (report, _) = await DriveAsync(server, "connections: 16");
        (report.Acknowledged, report.Refused, report.SuccessPercent).ShouldBe((300, 1, 100));
        Stopwatch.GetElapsedTime(await first.Task, await second.Task).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(990));
    }

    [Theory]
    [InlineData("502 Bad Gateway")]
    [InlineData("504 Gateway Time-out")]
    public async Task ProxyThatLostItsServer_IsAskedAgainWithTheSameId(string status)
    {
        var asked = 0;
        await using var server = new FakeServer((request, times) =>
        {
            var isFirst = request.Contains("0000000000\"", StringComparison.Ordinal);
            Interlocked.Add(ref asked, isFirst ? 1 : 0);
            return Task.FromResult<string?>(isFirst && times == 1 ? $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" : FakeServer.Kept);
        });
        var (report, _) = await DriveAsync(server, "connections: 16");
        (report.Acknowledged, report.SuccessPercent).ShouldBe((300, 100));
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Refusals_AreFailures_AndNothingIsAcknowledged()
    {
        await using var server = new FakeServer((_, _) => Task.FromResult<string?>("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
        var (report, ledger) = await DriveAsync(server, "connections: 16");
        (report.Sent, report.Acknowledged, report.SuccessPercent).ShouldBe((300, 0, 0));
        report.Reasons.ShouldHaveSingleItem().ShouldContain("Ask answered 400");
        ledger.StateOf(0, 0).ShouldBe(MessageState.Sent);
    }

    [Fact]
    public async Task MoreThanTheFirstConnections_AreOpened_WhenAllAreBusy()
    {
        // Nobody is answered before 80 ask at once, which is more than are open from the start.
        var (asking, enough) = (0, new TaskCompletionSource());
        await using var server = new FakeServer(async (_, _) =>
        {
            if (Interlocked.Increment(ref asking) == 80)
            {
                enough.SetResult();
            }

            await enough.Task;
            return FakeServer.Kept;
        });
        var (report, _) = await DriveAsync(server, "connections: 200");
        (report.Sent, report.Acknowledged).ShouldBe((300, 300));
    }

    [Fact]
    public async Task AnswersThatAreLong_AreReadToTheirEnd()
    {
        var body = "{\"number\":1,\"rest\":\"" + new string('x', 200_000) + "\"}";
        await using var server = new FakeServer((_, _) => Task.FromResult<string?>($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        var (report, ledger) = await DriveAsync(server, "connections: 4");
        (report.Sent, report.Acknowledged).ShouldBe((300, 300));
        ledger.NumberOf(99, 2).ShouldBe(1);
    }

    [Fact]
    public async Task ServerThatIsNotThere_EndsTheDrill_WhenPatienceDoes()
    {
        string address;
        await using (var gone = new FakeServer((_, _) => Task.FromResult<string?>(null)))
        {
            address = gone.Start();
        }

        var (report, _) = await DriveAsync(address, "connections: 4\npatience: 1s");
        (report.Sent, report.Acknowledged).ShouldBe((300, 0));
    }

    [Fact]
    public async Task WhateverGoesWrongInTheDriver_EndsTheDrill_NotTheProcess()
    {
        await using var server = new FakeServer((_, _) => Task.FromResult<string?>(FakeServer.Kept));
        var nobody = Some.Store(shoppers: 1, address: server.Start()) with { Shoppers = [] };
        var drill = Some.SmallDrill();
        var schedule = new Schedule(drill);
        using var driver = new Driver(drill, schedule, nobody, new Ledger(schedule.Journeys, schedule.MessagesEach), new Meter(drill));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(driver.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task DisposedWhileItDrives_EndsFirst()
    {
        // Nothing is ever answered: by itself the driver would wait as long as a shopper does.
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<string?>();
        await using var server = new FakeServer((_, _) =>
        {
            asked.TrySetResult();
            return never.Task;
        });
        var drill = Some.SmallDrill("patience: 10m");
        var schedule = new Schedule(drill);
        var driver = new Driver(drill, schedule, Some.Store(address: server.Start()), new Ledger(schedule.Journeys, schedule.MessagesEach), new Meter(drill));
        var driven = driver.RunAsync(CancellationToken.None);
        await asked.Task;
        driver.Dispose();
        await driven;
        never.SetResult(null);
    }

    private static Task<(DrillReport, Ledger)> DriveAsync(FakeServer server, string more) => DriveAsync(server.Start(), more);

    private static async Task<(DrillReport, Ledger)> DriveAsync(string address, string more)
    {
        var drill = Some.SmallDrill(more);
        var schedule = new Schedule(drill);
        var ledger = new Ledger(schedule.Journeys, schedule.MessagesEach);
        var meter = new Meter(drill);
        using var driver = new Driver(drill, schedule, Some.Store(address: address), ledger, meter);
        await driver.RunAsync(CancellationToken.None);
        return (meter.Report(), ledger);
    }

    [GeneratedRegex("\"clientId\":\"(mabcdef[0-9a-f]{8})([0-9a-f]{2})\"")]
    private static partial Regex ClientId();
}
