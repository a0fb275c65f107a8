using System.Globalization;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction.Sequences;

/// <summary>Click sessions: pages by number, in the order of each session. One session a line, page names between blanks.</summary>
/// <param name="Pages">Names by number, in numeric order where all are whole numbers, else ordinal.</param>
internal sealed record PageSessions(IReadOnlyList<string> Pages, int[][] Sessions)
{
    private const int MaxLines = 2_000_000;
    private const int MaxPages = 20_000;
    private const int MaxSteps = 1_000;
    private const int MaxNameLength = 64;

    /// <exception cref="TrainingFileException">Anything is wrong; every faulty line is named.</exception>
    public static PageSessions Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new TrainingFileException([$"{path}: no such file."]);
        }

        var faults = new List<string>();
        var sessions = new List<string[]>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var steps = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (FaultOf(steps, sessions.Count) is { } fault)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{number}: {fault}"));
            }
            else if (steps.Length > 0)
            {
                sessions.Add(steps);
            }
        }

        return faults.Count == 0 ? Number(path, sessions) : throw new TrainingFileException(faults);
    }

    private static string? FaultOf(string[] steps, int sessions) => steps switch
    {
        _ when sessions >= MaxLines => $"more than {MaxLines:N0} sessions",
        { Length: > MaxSteps } => $"more than {MaxSteps:N0} pages",
        _ when steps.Any(step => step.Length > MaxNameLength) => $"a page's name is longer than {MaxNameLength} characters",
        _ => null,
    };

    private static PageSessions Number(string path, List<string[]> sessions)
    {
        var names = sessions.SelectMany(s => s).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (names.Count is 0 or > MaxPages)
        {
            throw new TrainingFileException([$"{path}: {names.Count:N0} different pages; expected 1 to {MaxPages:N0}."]);
        }

        if (names.All(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            names = [.. names.OrderBy(name => long.Parse(name, CultureInfo.InvariantCulture))];
        }

        var numbers = names.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        return new(names, [.. sessions.Select(s => s.Select(step => numbers[step]).ToArray())]);
    }
}
