using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace SmartService.Drills.Files;

/// <summary>
/// One mapping of a YAML file, read field by field. Faults are gathered, not thrown, so that one look at the message mends the whole
/// file; a field nobody asked for is a fault as well: it would be believed to work.
/// </summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlNode> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly string _path;
    private readonly List<string> _faults;

    public YamlFields(YamlNode node, string file, string path, List<string> faults)
    {
        (_file, _path, _faults, Line) = (file, path, faults, (int)node.Start.Line);
        if (node is not YamlMappingNode mapping)
        {
            Fault(node, path.Length == 0 ? "the file" : path, "must have fields of its own (name: value)");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            _fields[((YamlScalarNode)key).Value ?? ""] = value;
        }
    }

    public int Line { get; }

    public bool Has(string name)
    {
        _asked.Add(name);
        return _fields.ContainsKey(name);
    }

    /// <summary>Whether it is there and has fields of its own.</summary>
    public bool HasFields(string name) => Find(name) is YamlMappingNode;

    public string Text(string name, string? otherwise = null)
    {
        if (Find(name) is not { } node)
        {
            if (otherwise is null)
            {
                Missing(name, "a text");
            }

            return otherwise ?? "";
        }

        if (node is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        Fault(node, PathOf(name), "must be a text");
        return otherwise ?? "";
    }

    /// <param name="otherwise">Null when the field is needed.</param>
    public double Number(string name, double? otherwise, double least, double most, string example)
    {
        if (Find(name) is not { } node)
        {
            if (otherwise is null)
            {
                Missing(name, $"a number such as {example}");
            }

            return otherwise ?? least;
        }

        if (node is YamlScalarNode { Value: { } text }
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(node, PathOf(name), string.Create(CultureInfo.InvariantCulture, $"must be a number from {least:0.####} to {most:0.####}, such as {example}"));
        return otherwise ?? least;
    }

    public int Whole(string name, int? otherwise, int least, int most, string example)
    {
        var number = Number(name, otherwise, least, most, example);
        if (number != Math.Floor(number))
        {
            Fault(_fields[name], PathOf(name), $"must be a whole number, such as {example}");
        }

        return (int)number;
    }

    public TimeSpan Time(string name, TimeSpan? otherwise, TimeSpan least, TimeSpan most, string example)
    {
        if (Find(name) is not { } node)
        {
            if (otherwise is null)
            {
                Missing(name, $"a time such as {example}");
            }

            return otherwise ?? least;
        }

        if (node is YamlScalarNode { Value: { } text } && Times.TryRead(text, out var time) && time >= least && time <= most)
        {
            return time;
        }

        Fault(node, PathOf(name), $"must be a time from {Times.Write(least)} to {Times.Write(most)}, such as {example}");
        return otherwise ?? least;
    }

    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        var words = string.Join(", ", choices.Keys);
        if (Find(name) is not { } node)
        {
            Missing(name, "one of " + words);
            return default;
        }

        if (node is YamlScalarNode { Value: { } text } && choices.TryGetValue(text, out var choice))
        {
            return choice;
        }

        Fault(node, PathOf(name), "must be one of " + words);
        return default;
    }

    /// <returns>Null when the field is not there.</returns>
    public YamlFields? Fields(string name) => Find(name) is { } node ? new(node, _file, PathOf(name), _faults) : null;

    public IReadOnlyList<YamlFields> List(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case YamlSequenceNode sequence:
                return [.. sequence.Children.Select((node, i) => new YamlFields(node, _file, $"{PathOf(name)}[{i}]", _faults))];
            case { } node:
                Fault(node, PathOf(name), "must be a list (lines that start with \"- \")");
                return [];
        }
    }

    /// <summary>Every field as it is, for mappings whose names are the file's own.</summary>
    public IReadOnlyDictionary<string, string> Texts()
    {
        _asked.UnionWith(_fields.Keys);
        foreach (var (name, node) in _fields.Where(f => f.Value is not YamlScalarNode))
        {
            Fault(node, PathOf(name), "must be a text");
        }

        return _fields.Where(f => f.Value is YamlScalarNode).ToDictionary(f => f.Key, f => ((YamlScalarNode)f.Value).Value ?? "");
    }

    public IReadOnlyCollection<string> Names => _fields.Keys;

    public void Fault(string name, string remedy) => Fault(_fields.GetValueOrDefault(name), PathOf(name), remedy);

    /// <summary>Reports what nobody asked for; called when the mapping has been read.</summary>
    public void NothingElse()
    {
        foreach (var (name, node) in _fields.Where(f => !_asked.Contains(f.Key)))
        {
            var near = _asked.MinBy(known => Distance(known, name));
            Fault(node, PathOf(name), near is not null && Distance(near, name) <= 3
                ? $"is not known; did you mean {near}?"
                : $"is not known; known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }
    }

    private YamlNode? Find(string name)
    {
        _asked.Add(name);
        return _fields.GetValueOrDefault(name);
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private void Missing(string name, string what) => _faults.Add($"{_file}:{Line}: {PathOf(name)} is missing: write {what}.");

    private void Fault(YamlNode? node, string path, string remedy) => _faults.Add($"{_file}:{node?.Start.Line ?? Line}: {path} {remedy}.");

    /// <summary>Levenshtein's distance, for the nearest known name.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
