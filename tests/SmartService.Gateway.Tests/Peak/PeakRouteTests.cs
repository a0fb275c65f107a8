using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartService.Domain.Peak;
using SmartService.Engine;
using SmartService.Gateway.Peak;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Peak;

/// <summary>A server of its own: what a person sets there is set for all.</summary>
public sealed class PeakRouteTests : IAsyncLifetime
{
    private readonly GatewayServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task CallBack_IsSaidToTheShopper_LeavesTheQuestion_AndStaffSeeIt()
    {
        var store = await _server.OpenStoreAsync();
        using var shopper = await store.ShopperAsync();
        await ChangeAsync("call_back");

        using var refused = await AskAsync(shopper, "conversation-1", "client-01");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        var problem = await refused.BodyAsync();
        problem.GetProperty("code").GetString().ShouldBe("call_back");
        problem.GetProperty("peak").GetProperty("rung").GetString().ShouldBe("call_back");

        var wish = new { operationId = "operation-1", clientId = "client-01", text = "Can I change the size?", contact = "ada@example.com", locale = "ko" };
        for (var i = 0; i < 2; i++)
        {
            using var left = await shopper.PostAsync("/v1/shopper/conversations/conversation-1/call-back", GatewayServer.Json(wish));
            left.StatusCode.ShouldBe(HttpStatusCode.OK);
            var answer = await left.BodyAsync();
            answer.GetProperty("mode").GetString().ShouldBe("human");
            answer.GetProperty("replies")[0].GetProperty("text").GetString()!.ShouldContain("질문");
        }

        var seen = (await store.Agent.GetAsync("/v1/conversations/conversation-1")).BodyAsync();
        var messages = (await seen).GetProperty("messages").EnumerateArray().ToList();
        messages.Count.ShouldBe(2);
        messages[0].GetProperty("text").GetString().ShouldBe("Can I change the size?");
        messages[1].GetProperty("reason").GetString().ShouldBe("call_back");
        messages[1].GetProperty("contact").GetString().ShouldBe("ada@example.com");

        await ChangeAsync("auto");
        using var answered = await AskAsync(shopper, "conversation-2", "client-02");
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CallBack_Faulty_NamesEveryField()
    {
        using var shopper = await (await _server.OpenStoreAsync()).ShopperAsync();
        using var answer = await shopper.PostAsync(
            "/v1/shopper/conversations/conversation-1/call-back", GatewayServer.Json(new { operationId = "x", clientId = "y", text = " ", contact = new string('1', 201) }));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.BodyAsync()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString())
            .ShouldBe(["operationId", "clientId", "text", "contact"], ignoreOrder: true);
    }

    [Fact]
    public async Task WhatIsSetByHand_OutlivesARestart_AndIsKnownElsewhere()
    {
        var store = await _server.OpenStoreAsync();
        await ChangeAsync("popups_paused");
        using var own = await store.Secret.PostAsync("/v1/peak/store/rehearsals", GatewayServer.Json(new { rung = "call_back", seconds = 600 }));
        own.StatusCode.ShouldBe(HttpStatusCode.OK);

        // Another gateway, or this one after a restart: it knows nothing but what the entity says.
        var set = await _server.Services.GetRequiredService<IPeakSwitches>().ReadAsync(PeakSwitchState.Key, default);
        var gate = new GateUnderTest(1_000);
        gate.Clock.Move(DateTimeOffset.UtcNow - gate.Clock.GetUtcNow());
        gate.Control.Apply(set);
        gate.Control.RungOf(new("another")).ShouldBe(PeakRung.PopupsPaused);
        gate.Control.RungOf(new(store.Id)).ShouldBe(PeakRung.CallBack);

        using var ended = await store.Secret.DeleteAsync("/v1/peak/store/rehearsals");
        (await ended.BodyAsync()).GetProperty("rung").GetString().ShouldBe("popups_paused");
        await ChangeAsync("auto");
        set = await _server.Services.GetRequiredService<IPeakSwitches>().ReadAsync(PeakSwitchState.Key, default);
        gate.Control.Apply(set);
        gate.Control.RungOf(new(store.Id)).ShouldBe(PeakRung.Full);
    }

    [Fact]
    public async Task QnaOnly_AnswersAndSaysSo()
    {
        using var shopper = await (await _server.OpenStoreAsync()).ShopperAsync();
        await ChangeAsync("qna_only");
        using var answer = await AskAsync(shopper, "conversation-1", "client-01");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.BodyAsync()).GetProperty("peak").GetProperty("rung").GetString().ShouldBe("qna_only");
    }

    [Fact]
    public async Task Rehearsal_GivesPlaces_TellsStreams_IsMarked_AndTouchesNobodyElse()
    {
        var (store, other) = (await _server.OpenStoreAsync(), await _server.OpenStoreAsync());
        using var shopper = await store.ShopperAsync();
        using var stream = await shopper.GetAsync("/v1/shopper/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        using var rehearsal = await _server.AsAdmin().PostAsync(
            "/v1/peak/rehearsals", GatewayServer.Json(new { rung = "queue", tenant = store.Id, seconds = 600, perSecond = 0.1 }));
        rehearsal.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await rehearsal.BodyAsync()).GetProperty("rung").GetString().ShouldBe("full");

        JsonElement peak = default;
        for (var i = 0; i < 3; i++)
        {
            using var other1 = await store.ShopperAsync();
            using var queued = await AskAsync(other1, $"conversation-{i}", "client-01");
            if (queued.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                var problem = await queued.BodyAsync();
                problem.GetProperty("code").GetString().ShouldBe("queued");
                peak = problem.GetProperty("peak");
            }
        }

        peak.GetProperty("rung").GetString().ShouldBe("queue");
        peak.GetProperty("place").GetInt32().ShouldBeGreaterThan(0);
        peak.GetProperty("waitSeconds").GetInt32().ShouldBe(peak.GetProperty("place").GetInt32() * 10);
        peak.GetProperty("rehearsal").GetBoolean().ShouldBeTrue();
        (await ReadUntilAsync(reader, "event: peak")).ShouldContain("\"rung\":\"queue\"");

        using var elsewhere = await other.ShopperAsync();
        using var answered = await AskAsync(elsewhere, "conversation-9", "client-01");
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answered.BodyAsync()).TryGetProperty("peak", out _).ShouldBeFalse();

        var seen = await (await store.Agent.GetAsync("/v1/peak/store")).BodyAsync();
        seen.GetProperty("rehearsal").GetBoolean().ShouldBeTrue();
        seen.GetProperty("waiting").GetInt32().ShouldBeGreaterThan(0);

        // The figure itself: other servers of this process report under the same name.
        _server.Services.GetRequiredService<AdmissionGate>().Rehearsed.ShouldBeGreaterThan(0);
        (await _server.As(null).GetStringAsync("/metrics")).ShouldContain("smartservice_peak_rehearsed_total ");

        await _server.AsAdmin().DeleteAsync("/v1/peak/rehearsals");
        (await ReadUntilAsync(reader, "event: peak")).ShouldContain("\"rung\":\"full\"");
        using var free = await AskAsync(shopper, "conversation-3", "client-01");
        free.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Stream_OpenedAtAPeak_IsToldAtOnce()
    {
        using var shopper = await (await _server.OpenStoreAsync()).ShopperAsync();
        await ChangeAsync("qna_only");
        using var stream = await shopper.GetAsync("/v1/shopper/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await ReadUntilAsync(reader, "event: peak")).ShouldContain("\"rung\":\"qna_only\"");
    }

    [Fact]
    public async Task Stream_OfAStoreWhereNobodyAsks_IsToldToo()
    {
        using var shopper = await (await _server.OpenStoreAsync()).ShopperAsync();
        using var stream = await shopper.GetAsync("/v1/shopper/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        await ReadUntilAsync(reader, "event: ready");
        await ChangeAsync("qna_only");
        (await ReadUntilAsync(reader, "event: peak")).ShouldContain("\"rung\":\"qna_only\"");
        await ChangeAsync("auto");
        (await ReadUntilAsync(reader, "event: peak")).ShouldContain("\"rung\":\"full\"");
    }

    [Theory]
    [InlineData("PUT", "/v1/peak", """{"rung":"sideways"}""")]
    [InlineData("PUT", "/v1/peak", "{}")]
    [InlineData("POST", "/v1/peak/rehearsals", """{"rung":"queue"}""")]
    [InlineData("POST", "/v1/peak/rehearsals", """{"rung":"queue","seconds":99999}""")]
    [InlineData("POST", "/v1/peak/rehearsals", """{"rung":"queue","seconds":10,"tenant":"NO SUCH"}""")]
    public async Task Orders_ThatAreNone_AreRefused(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = GatewayServer.Text(body) };
        using var answer = await _server.AsAdmin().SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void Settings_ThatCannotWork_AreAllNamed()
    {
        var options = new PeakOptions { Cpu = 2, StepUpAfter = TimeSpan.Zero, MostHeld = -1 };
        options.Weights["shop"] = 0;
        options.Faults().Count().ShouldBe(4);
        new PeakOptions().Faults().ShouldBeEmpty();
        _server.Services.GetRequiredService<IOptions<PeakOptions>>().Value.Enabled.ShouldBeFalse();
    }

    private async Task ChangeAsync(string rung)
    {
        using var answer = await _server.AsAdmin().PutAsync("/v1/peak", GatewayServer.Json(new { rung }));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.BodyAsync()).GetProperty("rung").GetString().ShouldBe(rung == "auto" ? "full" : rung);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient shopper, string conversation, string clientId) =>
        shopper.PostAsync($"/v1/shopper/conversations/{conversation}/messages", GatewayServer.Json(new { clientId, text = "Where is it?" }));

    /// <summary>The data line after the event's name.</summary>
    private static async Task<string> ReadUntilAsync(StreamReader reader, string line)
    {
        using var patience = new CancellationTokenSource(Backoffice.LiveTests.Longest);
        while (await reader.ReadLineAsync(patience.Token) is { } read)
        {
            if (read == line)
            {
                return await reader.ReadLineAsync(patience.Token) ?? "";
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
