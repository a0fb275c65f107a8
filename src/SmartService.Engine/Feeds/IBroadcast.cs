namespace SmartService.Engine.Feeds;

/// <summary>Tells the other processes of a cluster what may be lost. A product of one process has none.</summary>
public interface IBroadcast
{
    /// <summary>To every process that has opened the channel, this one included; to nobody while they cannot be reached.</summary>
    void Send(string channel, byte[] message);

    /// <summary>Hears a channel from now on, in the order of each sender. One hearer a channel.</summary>
    void Open(string channel, Action<byte[]> heard);
}
