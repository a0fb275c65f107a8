using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace SmartService.Domain;

/// <summary>Small immutable collections with a most; when full, the oldest entry makes room.</summary>
internal static class Bounded
{
    /// <summary>A field left out of a stored or sent document arrives as a default array; here it counts as empty.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;

    /// <summary>Puts <paramref name="item"/> last and drops from the front what is over <paramref name="most"/>.</summary>
    public static ImmutableArray<T> Append<T>(ImmutableArray<T> items, T item, int most) => Insert(items, items.Length, item, most);

    /// <summary>Puts <paramref name="item"/> before <paramref name="index"/>; when full, the first entry leaves.</summary>
    public static ImmutableArray<T> Insert<T>(ImmutableArray<T> items, int index, T item, int most)
    {
        var dropped = Math.Max(0, items.Length + 1 - most);
        if (index < dropped)
        {
            return items; // Older than everything a full ring keeps.
        }

        var grown = new T[items.Length + 1 - dropped];
        items.AsSpan()[dropped..index].CopyTo(grown);
        grown[index - dropped] = item;
        items.AsSpan()[index..].CopyTo(grown.AsSpan(index - dropped + 1));
        return ImmutableCollectionsMarshal.AsImmutableArray(grown);
    }

    /// <summary>Same entries in the same order.</summary>
    public static bool Same<T>(ImmutableArray<T> one, ImmutableArray<T> other) =>
        one.OrEmpty().AsSpan().SequenceEqual(other.OrEmpty().AsSpan());
}
