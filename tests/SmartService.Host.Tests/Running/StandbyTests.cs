using System.Net.Http.Json;
using SmartService.Host.Tests.World;

namespace SmartService.Host.Tests.Running;

/// <summary>A second process waits for the first one's folder, and serves when that is gone.</summary>
[Collection(ProcessTests.Name)]
public sealed class StandbyTests : IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_AWarmStandbyTakesOver_WithEverythingAcknowledged_AndNothingOfItsRehearsal()
    {
        await using var first = await HostProcess.StartAsync(_folder["data"]);
        var (store, token) = await SpeakAsync(first);
        await using var standby = HostProcess.StartStandby(_folder["data"], TimeSpan.Zero);
        await standby.WaitUntilSaidAsync("Waiting for it to end");
        (await FigureAsync(first)).ShouldBe(1);
        await standby.WaitUntilSaidAsync("warm after");
        (await FigureAsync(first)).ShouldBe(2);
        Directory.Exists(Path.Combine(_folder["data"], "rehearsal")).ShouldBeFalse();

        await first.KillAsync();
        await standby.WaitUntilServingAsync();

        using var shopper = standby.As(token);
        (await shopper.GetStringAsync("/v1/shopper/conversations/before-the-kill")).ShouldContain("where is my parcel");
        using var secret = standby.As(store.SecretKey);
        var conversations = await secret.GetStringAsync("/v1/conversations");
        conversations.ShouldContain("before-the-kill");
        conversations.ShouldNotContain("rehearsal-");
        using var admin = standby.As((await File.ReadAllTextAsync(Path.Combine(_folder["data"], "admin.key"))).Trim());
        (await admin.GetStringAsync("/v1/tenants")).ShouldNotContain("northpeak", Case.Insensitive);
        (await FigureAsync(standby)).ShouldBe(0, "nobody waits for it");
    }

    [Fact]
    public async Task Kill_AStandbyThatHasNotRehearsed_TakesOverCold()
    {
        await using var first = await HostProcess.StartAsync(_folder["data"]);
        var (_, token) = await SpeakAsync(first);
        await using var standby = HostProcess.StartStandby(_folder["data"], Never);
        await standby.WaitUntilSaidAsync("Waiting for it to end");
        await first.KillAsync();
        await standby.WaitUntilServingAsync();
        using var shopper = standby.As(token);
        (await shopper.GetStringAsync("/v1/shopper/conversations/before-the-kill")).ShouldContain("where is my parcel");
    }

    [Fact]
    public async Task Stop_InTheMiddleOfARehearsal_TheStandbyTakesOver_AndNothingOfTheRehearsalStays()
    {
        await using var first = await HostProcess.StartAsync(_folder["data"]);
        await using var standby = HostProcess.StartStandby(_folder["data"], TimeSpan.Zero);
        while (!Directory.Exists(Path.Combine(_folder["data"], "rehearsal")))
        {
            await Task.Delay(10);
        }

        (await first.StopAsync()).ShouldBe(0);
        await standby.WaitUntilServingAsync();
        (await standby.StopAsync()).ShouldBe(0);
        Directory.Exists(Path.Combine(_folder["data"], "rehearsal")).ShouldBeFalse();
        standby.Output.ShouldNotContain(line => line.Contains("fail:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecondStandby_IsRefused_AndTheFirstOneStopsWhenItIsTold()
    {
        await using var first = await HostProcess.StartAsync(_folder["data"]);
        await using var standby = HostProcess.StartStandby(_folder["data"], Never);
        await standby.WaitUntilSaidAsync("Waiting for it to end");
        var (code, _, error) = await HostProcess.RunAsync("run", "--port", "0", "--no-demo", "--data", _folder["data"], "--standby");
        (code, error).ShouldBe((1, error));
        error.ShouldContain("has a standby already");
        error.Trim().Split('\n').Length.ShouldBe(1);
        (await standby.StopAsync()).ShouldBe(0);
        standby.Output.ShouldContain("Stopped.");
        (await FigureAsync(first)).ShouldBe(0);
    }

    [Fact]
    public async Task FolderNobodyHolds_IsServedAtOnce()
    {
        await using var only = HostProcess.StartStandby(_folder["data"], Never);
        await only.WaitUntilServingAsync();
        only.Output.ShouldNotContain(line => line.Contains("Waiting", StringComparison.Ordinal));
    }

    private static async Task<(HostStore Store, string Token)> SpeakAsync(HostProcess host)
    {
        var store = await host.OpenStoreAsync("shop");
        var (token, _) = await store.OpenSessionAsync(host);
        using var http = host.As(token);
        using var answer = await http.PostAsJsonAsync("/v1/shopper/conversations/before-the-kill/messages", new { clientId = "message-1", text = "where is my parcel" });
        answer.EnsureSuccessStatusCode();
        return (store, token);
    }

    private static async Task<int> FigureAsync(HostProcess host)
    {
        using var http = host.As(null);
        var line = (await http.GetStringAsync("/metrics")).Split('\n').Single(l => l.StartsWith("smartservice_standby ", StringComparison.Ordinal));
        return int.Parse(line.AsSpan(line.IndexOf(' ') + 1), System.Globalization.CultureInfo.InvariantCulture);
    }
}
