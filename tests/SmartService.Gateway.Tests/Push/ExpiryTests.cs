using System.Net;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Push;

/// <summary>A stream is open no longer than the token it was opened with is good for.</summary>
public sealed class ExpiryTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private readonly GatewayServer _server;

    public ExpiryTests() => _server = new(new() { ["SmartService:Gateway:KeepAlive"] = "00:00:01" }, _clock);

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Stream_TokenExpires_EndsAndDoesNotOpenAgain()
    {
        var store = await _server.OpenStoreAsync();
        var shopper = await store.ShopperAsync();
        using var answer = await shopper.GetAsync("/v1/shopper/stream", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await UntilAsync(lines, "event: ready");

        _clock.Move(TimeSpan.FromDays(29));
        await UntilAsync(lines, ":"); // Still kept awake: thirty days are not over.
        _clock.Move(TimeSpan.FromDays(2));
        while (await lines.ReadLineAsync() is not null)
        {
            // Heartbeats that were on their way.
        }

        (await shopper.GetAsync("/v1/shopper/stream", HttpCompletionOption.ResponseHeadersRead)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task UntilAsync(StreamReader lines, string line)
    {
        while (await lines.ReadLineAsync() is { } next)
        {
            if (next == line)
            {
                return;
            }
        }

        throw new EndOfStreamException($"The stream ended before \"{line}\".");
    }

    /// <summary>The system's clock, some days on. Timers run as ever.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private long _by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _by));

        public void Move(TimeSpan by) => Interlocked.Add(ref _by, by.Ticks);
    }
}
