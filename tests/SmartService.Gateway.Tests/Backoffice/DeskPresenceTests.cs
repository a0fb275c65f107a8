using Microsoft.Extensions.Logging.Abstractions;
using SmartService.Domain;
using SmartService.Engine.Feeds;
using SmartService.Gateway.Backoffice;

namespace SmartService.Gateway.Tests.Backoffice;

/// <summary>Two gateways of one cluster.</summary>
public sealed class DeskPresenceTests
{
    private static readonly TenantId Tenant = new("north");
    private readonly Bus _bus = new();

    [Fact]
    public async Task Beat_OnOneGateway_IsKnownOnTheOther_AndLeavesWithWhoLeaves()
    {
        var (here, there) = (await OpenAsync(), await OpenAsync());
        here.Beat(Tenant, "c-1", "mia", "Mia", viewing: true, typing: false);
        var both = there.Beat(Tenant, "c-1", "kim", "Kim", viewing: true, typing: true);
        both.Select(v => (v.Id, v.Typing)).ShouldBe([("kim", true), ("mia", false)]);
        here.Of(Tenant, "c-1").ShouldBe(both);
        here.Of(Tenant, "c-2").ShouldBeEmpty();

        there.Beat(Tenant, "c-1", "kim", "Kim", viewing: false, typing: false);
        here.Of(Tenant, "c-1").Select(v => v.Id).ShouldBe(["mia"]);
    }

    [Fact]
    public async Task OwnBeat_HeardLate_DoesNotBringBackWhoLeft()
    {
        var here = await OpenAsync();
        here.Beat(Tenant, "c-1", "mia", "Mia", viewing: true, typing: false);
        here.Beat(Tenant, "c-1", "mia", "Mia", viewing: false, typing: false);
        _bus.SayAgain();
        here.Of(Tenant, "c-1").ShouldBeEmpty();
    }

    [Fact]
    public async Task Word_ThatCannotBeRead_IsPassedOver()
    {
        var here = await OpenAsync();
        _bus.Send("desk", "{"u8.ToArray());
        here.Beat(Tenant, "c-1", "mia", "Mia", viewing: true, typing: false).Count.ShouldBe(1);
    }

    private async Task<DeskPresence> OpenAsync()
    {
        var presence = new DeskPresence(new NoFeeds(), TimeProvider.System, NullLogger<DeskPresence>.Instance, _bus);
        await presence.StartAsync(default);
        return presence;
    }

    private sealed class Bus : IBroadcast
    {
        private readonly List<Action<byte[]>> _hearers = [];
        private readonly List<byte[]> _said = [];

        public void Send(string channel, byte[] message)
        {
            _said.Add(message);
            _hearers.ForEach(heard => heard(message));
        }

        public void Open(string channel, Action<byte[]> heard) => _hearers.Add(heard);

        public void SayAgain() => _said.ForEach(message => _hearers.ForEach(heard => heard(message)));
    }

    private sealed class NoFeeds : IFeeds
    {
        public long Head => 0;

        public IAsyncEnumerable<FeedFrame> SubscribeAsync(FeedKey feed, long after, CancellationToken ct) => throw new NotSupportedException();

        public void Signal(FeedKey feed, string kind, ReadOnlyMemory<byte> json)
        {
        }

        public bool HasListeners(FeedKey feed) => false;
    }
}
