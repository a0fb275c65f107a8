using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace SmartService.Domain.Customers;

/// <summary>The newest 64 visits, oldest first by time and, at the same time, by id. Which report came first leaves no trace:
/// the longest dwell and the gravest error of a visit stand, and what is older than a full ring is not taken back in.</summary>
internal static class VisitRing
{
    /// <summary>The visit as it should be kept, or null when <paramref name="report"/> tells nothing new.</summary>
    public static PageVisit? Change(ImmutableArray<PageVisit> ring, PageVisit report)
    {
        var known = Find(ring, report.Id);
        if (known >= 0)
        {
            return Raise(ring[known], report);
        }

        return ring.Length == CustomerState.VisitRing && IsBefore(report, ring[0]) ? null : SharingSession(ring, report);
    }

    /// <summary>The ring with <paramref name="visit"/> in it, in place of an earlier report of it.</summary>
    public static ImmutableArray<PageVisit> With(ImmutableArray<PageVisit> ring, PageVisit visit)
    {
        var known = Find(ring, visit.Id);
        if (known >= 0)
        {
            var copy = ring.AsSpan().ToArray();
            copy[known] = visit;
            return ImmutableCollectionsMarshal.AsImmutableArray(copy);
        }

        var index = ring.Length;
        while (index > 0 && IsBefore(visit, ring[index - 1]))
        {
            index--;
        }

        return Bounded.Insert(ring, index, SharingSession(ring, visit), CustomerState.VisitRing);
    }

    /// <summary>The newest visit of one session, or null.</summary>
    public static PageVisit? Newest(ImmutableArray<PageVisit> ring, string session)
    {
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            if (ring[i].Session == session)
            {
                return ring[i];
            }
        }

        return null;
    }

    /// <summary>Every report brings a copy of its session's name of its own; one of them is kept.</summary>
    private static PageVisit SharingSession(ImmutableArray<PageVisit> ring, PageVisit visit)
    {
        if (ring.IsEmpty || ring[^1].Session != visit.Session || ReferenceEquals(ring[^1].Session, visit.Session))
        {
            return visit;
        }

        return visit with { Session = ring[^1].Session };
    }

    private static PageVisit? Raise(PageVisit known, PageVisit report)
    {
        if (report.DwellSeconds <= known.DwellSeconds && report.Error <= known.Error)
        {
            return null;
        }

        return known with
        {
            DwellSeconds = Math.Max(known.DwellSeconds, report.DwellSeconds),
            Error = report.Error > known.Error ? report.Error : known.Error,
        };
    }

    private static int Find(ImmutableArray<PageVisit> ring, string id)
    {
        // From the newest: a report of a known visit nearly always means the last page.
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            if (ring[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsBefore(PageVisit one, PageVisit other) =>
        one.At != other.At ? one.At < other.At : string.CompareOrdinal(one.Id, other.Id) < 0;
}
