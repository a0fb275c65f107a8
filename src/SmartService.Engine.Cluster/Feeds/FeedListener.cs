using System.Threading.Channels;
using SmartService.Engine.Feeds;

namespace SmartService.Engine.Cluster.Feeds;

/// <summary>One reader of a feed: a bounded buffer of live frames. When it overflows, the reader goes back to the journal.</summary>
internal sealed class FeedListener(int capacity)
{
    private readonly Channel<FeedFrame> _frames = Channel.CreateBounded<FeedFrame>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private volatile bool _isBehind = true; // A new reader starts in the journal.

    public ChannelReader<FeedFrame> Frames => _frames.Reader;

    /// <summary>Frames were missed; the reader must look into the journal.</summary>
    public bool IsBehind => _isBehind;

    /// <summary>From here on new frames are kept again; what is missing is in the journal.</summary>
    public void CatchUp() => _isBehind = false;

    public void Offer(in FeedFrame frame)
    {
        // What is not durable may be lost; of what is, nothing may be skipped.
        if (frame.Position == 0)
        {
            _frames.Writer.TryWrite(frame);
        }
        else if (!_isBehind && !_frames.Writer.TryWrite(frame))
        {
            _isBehind = true; // The reader has a full buffer before it, so it is awake.
        }
    }
}
