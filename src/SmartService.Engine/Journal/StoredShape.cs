using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace SmartService.Engine.Journal;

/// <summary>Describes the stored shape of a type in words: its properties, theirs, and the names of enum values.</summary>
public static class StoredShape
{
    /// <summary>One line per type reached, for example "PageVisit { id: String, page: PageType, … }", sorted by name.</summary>
    public static IReadOnlyList<string> Describe(JsonTypeInfo root)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        Visit(root, [], lines);
        return [.. lines];
    }

    internal static uint Fingerprint(JsonTypeInfo root)
    {
        var text = string.Join('\n', Describe(root));
        return Crc32C.Of(0, Encoding.UTF8.GetBytes(text));
    }

    private static void Visit(JsonTypeInfo info, HashSet<Type> seen, SortedSet<string> lines)
    {
        if (!seen.Add(info.Type))
        {
            return;
        }

        var inner = info.Kind == JsonTypeInfoKind.Object
            ? info.Properties.Select(p => p.PropertyType).ToArray()
            : info.Type.GetGenericArguments();
        if (info.Kind == JsonTypeInfoKind.Object)
        {
            var properties = info.Properties.Select(p => $"{p.Name}: {NameOf(p.PropertyType)}");
            lines.Add($"{NameOf(info.Type)} {{ {string.Join(", ", properties)} }}");
        }
        else if (info.Type.IsEnum)
        {
            lines.Add($"{NameOf(info.Type)} = {string.Join(" | ", Enum.GetNames(info.Type))}");
        }

        foreach (var type in inner)
        {
            Visit(info.Options.GetTypeInfo(type), seen, lines);
        }
    }

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return NameOf(value) + "?";
        }

        var name = type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;
        return type.IsGenericType
            ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : name;
    }
}
