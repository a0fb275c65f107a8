using System.Security.Cryptography;
using System.Text;

namespace SmartService.Intent.Training;

/// <summary>Reads labelled messages: UTF-8, one a line, <c>text TAB label</c>, no header.</summary>
public static class TrainingFiles
{
    /// <summary>Lines of all files at most; more would not fit the time a training run promises.</summary>
    public const int MaxLines = 2_000_000;

    private const int MaxFaults = 10_000;

    /// <param name="path">A file, or a folder whose *.tsv files are read, those of subfolders included, in order of their names.</param>
    /// <param name="labels">Labels allowed; null allows all.</param>
    /// <exception cref="TrainingFileException">Anything is wrong; every faulty line is named.</exception>
    public static IReadOnlyList<LabelledText> Read(string path, IReadOnlyCollection<string>? labels = null)
    {
        var allowed = labels?.ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        var lines = new List<LabelledText>();
        foreach (var file in FilesOf(path))
        {
            ReadFile(file, allowed, lines, faults);
        }

        if (lines.Count == 0 && faults.Count == 0)
        {
            faults.Add($"{path}: no labelled messages found; expected lines of 'text TAB label'.");
        }

        return faults.Count == 0 ? lines : throw new TrainingFileException(faults);
    }

    /// <summary>SHA-256, in hex, of the lines in ordinal order: tells whether a model was made from this data.</summary>
    public static string HashOf(IEnumerable<LabelledText> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines.Select(l => $"{l.Text}\t{l.Label}\n").Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path, "*.tsv", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        }

        return File.Exists(path) ? [path] : throw new TrainingFileException([$"{path}: no such file or folder."]);
    }

    private static void ReadFile(string file, HashSet<string>? allowed, List<LabelledText> lines, List<string> faults)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file, Encoding.UTF8))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            var fault = FaultOf(line, allowed);
            if (fault is null && lines.Count < MaxLines)
            {
                var tab = line.IndexOf('\t', StringComparison.Ordinal);
                lines.Add(new(line[..tab].Trim(), line[(tab + 1)..].Trim()));
            }
            else if (faults.Count < MaxFaults)
            {
                faults.Add($"{file}:{number}: {fault ?? $"more than {MaxLines:N0} lines"}");
            }
        }
    }

    private static string? FaultOf(string line, HashSet<string>? allowed)
    {
        var fields = line.Split('\t');
        return fields switch
        {
            { Length: not 2 } => $"expected 'text TAB label', found {fields.Length} field(s)",
            _ when string.IsNullOrWhiteSpace(fields[0]) => "the text is empty",
            _ when fields[0].Length > 4_000 => "the text is longer than 4,000 characters",
            _ when string.IsNullOrWhiteSpace(fields[1]) => "the label is empty",
            _ when fields[1].Contains('\n', StringComparison.Ordinal) || fields[1].Length > 64 => "the label is longer than 64 characters",
            _ when fields[0].Contains('\uFFFD', StringComparison.Ordinal) => "the text is not valid UTF-8",
            _ when allowed is not null && !allowed.Contains(fields[1].Trim()) => $"unknown label '{fields[1].Trim()}'",
            _ => null,
        };
    }
}
