using System.Collections.Immutable;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Customers;

/// <summary>The newest 64 popups, oldest first, and how an outcome moves on.</summary>
internal static class PopupRing
{
    public static int Find(ImmutableArray<PopupRecord> ring, PopupId id)
    {
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            if (ring[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Takes in a popup; of a known one, only an outcome that is further on. Unchanged: the very same array.</summary>
    public static ImmutableArray<PopupRecord> With(ImmutableArray<PopupRecord> ring, PopupRecord popup)
    {
        var known = Find(ring, popup.Id);
        if (known >= 0)
        {
            return MovesOn(ring[known].Outcome, popup.Outcome)
                ? ring.SetItem(known, ring[known] with { Outcome = popup.Outcome })
                : ring;
        }

        var index = ring.Length;
        while (index > 0 && popup.At < ring[index - 1].At)
        {
            index--;
        }

        return Bounded.Insert(ring, index, popup, CustomerState.MaxPopups);
    }

    /// <summary>Offered → seen → opened, dismissed or ignored → rated; never back, never sideways.</summary>
    public static bool MovesOn(PopupOutcome from, PopupOutcome to) => Rank(to) > Rank(from);

    private static int Rank(PopupOutcome outcome) => outcome switch
    {
        PopupOutcome.Offered => 0,
        PopupOutcome.Seen => 1,
        PopupOutcome.Opened or PopupOutcome.Dismissed or PopupOutcome.Ignored => 2,
        _ => 3,
    };
}
