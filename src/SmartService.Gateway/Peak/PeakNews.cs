using System.Text.Json;
using SmartService.Domain.Peak;
using SmartService.Gateway.Push;

namespace SmartService.Gateway.Peak;

/// <summary>Tells open streams when their merchant's rung has changed, and new ones where it stands.</summary>
internal sealed class PeakNews(TenantLines lines, OpenStreams streams)
{
    public const string Event = "peak";
    private PeakRung _announced;

    /// <summary>What a stream is told; shoppers are not told of popups that do not come.</summary>
    public static byte[] Frame(PeakRung rung, bool isRehearsal, bool forStaff) => JsonSerializer.SerializeToUtf8Bytes(
        new PeakView(forStaff || rung > PeakRung.PopupsPaused ? rung : PeakRung.Full, null, null, isRehearsal ? true : null), GatewayJson.Default.PeakView);

    public void Tell()
    {
        TellTheQuiet();
        foreach (var line in lines.All)
        {
            var rung = line.Rung;
            if (rung != line.Announced)
            {
                line.Announced = rung;
                streams.Tell(line.Tenant, Event, FramesOf(rung, line.Rehearsal is not null));
            }
        }
    }

    /// <summary>Merchants that nobody has heard of for a while have streams too.</summary>
    private void TellTheQuiet()
    {
        var now = lines.Unknown;
        if (now.Rung != _announced)
        {
            _announced = now.Rung;
            var frames = FramesOf(now.Rung, now.Rehearsal is not null);
            streams.Tell(Event, feed => lines.Knows(feed.Tenant) ? null : frames(feed));
        }
    }

    /// <summary>What each stream is told; written once for all shoppers, and once for all staff.</summary>
    private static Func<Engine.Feeds.FeedKey, byte[]> FramesOf(PeakRung rung, bool isRehearsal)
    {
        var (shopper, staff) = (Frame(rung, isRehearsal, forStaff: false), Frame(rung, isRehearsal, forStaff: true));
        return feed => feed.Customer is null ? staff : shopper;
    }

    /// <summary>For a stream that opens: where its merchant stands; null when all is as always.</summary>
    public byte[]? NowFor(Engine.Feeds.FeedKey feed)
    {
        var line = lines.RungOf(feed.Tenant);
        var forStaff = feed.Customer is null;
        return line == PeakRung.Full || (line == PeakRung.PopupsPaused && !forStaff) ? null : Frame(line, lines.Of(feed.Tenant).Rehearsal is not null, forStaff);
    }
}
