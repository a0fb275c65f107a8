using System.Collections.Immutable;

namespace SmartService.Domain.Orders;

/// <summary>A parcel's checkpoints, oldest first by time and, at the same time, by id; so the order of arrival leaves no trace.</summary>
internal static class Timeline
{
    public static bool Has(ImmutableArray<Checkpoint> timeline, string id)
    {
        foreach (var checkpoint in timeline)
        {
            if (checkpoint.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    public static ImmutableArray<Checkpoint> With(ImmutableArray<Checkpoint> timeline, Checkpoint checkpoint)
    {
        var index = timeline.Length;
        while (index > 0 && IsBefore(checkpoint, timeline[index - 1]))
        {
            index--;
        }

        return timeline.Insert(index, checkpoint);
    }

    /// <summary>The newest estimate a checkpoint gives, else <paramref name="otherwise"/>.</summary>
    public static DateTimeOffset? Eta(ImmutableArray<Checkpoint> timeline, DateTimeOffset? otherwise)
    {
        for (var i = timeline.Length - 1; i >= 0; i--)
        {
            if (timeline[i].Eta is { } eta)
            {
                return eta;
            }
        }

        return otherwise;
    }

    public static DateTimeOffset? DeliveredAt(ImmutableArray<Checkpoint> timeline)
    {
        for (var i = timeline.Length - 1; i >= 0; i--)
        {
            if (timeline[i].Status == CheckpointStatus.Delivered)
            {
                return timeline[i].At;
            }
        }

        return null;
    }

    /// <summary>Status of the newest checkpoint that has one; a mere note has none.</summary>
    public static CheckpointStatus Status(ImmutableArray<Checkpoint> timeline)
    {
        for (var i = timeline.Length - 1; i >= 0; i--)
        {
            if (timeline[i].Status != CheckpointStatus.None)
            {
                return timeline[i].Status;
            }
        }

        return CheckpointStatus.None;
    }

    private static bool IsBefore(Checkpoint one, Checkpoint other) =>
        one.At != other.At ? one.At < other.At : string.CompareOrdinal(one.Id, other.Id) < 0;
}
