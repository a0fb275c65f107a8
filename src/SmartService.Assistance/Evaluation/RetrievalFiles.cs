using System.Text;
using SmartService.Assistance.Files;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Evaluation;

/// <summary>Reads items as an import does, and questions with the ids of their items.</summary>
public static class RetrievalFiles
{
    /// <param name="path">A file of the import's format: .json, .jsonl or .csv.</param>
    /// <exception cref="InvalidDataException">Every faulty line is named.</exception>
    public static IReadOnlyList<ImportedItem> ReadItems(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var body = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        List<ParsedItem> parsed;
        try
        {
            parsed = Path.GetExtension(path) switch
            {
                ".csv" => [.. CsvItems.Read(Encoding.UTF8.GetString(body))],
                ".jsonl" => [.. JsonItems.ReadLines(Encoding.UTF8.GetString(body))],
                _ => JsonItems.ReadArray(body, KnowledgeState.MaxItems),
            };
        }
        catch (FileFaultException e)
        {
            throw new InvalidDataException($"{path}:{e.Fault.Line}: {e.Fault.Message}");
        }

        var faults = parsed.SelectMany(item => item.Faults.Concat(item.Id is null ? [new ImportFault(item.Line, "id", "is missing")] : [])).ToArray();
        return faults.Length == 0
            ? [.. parsed.Select(item => new ImportedItem(new(item.Id!), item.Content))]
            : throw new InvalidDataException(string.Join('\n', faults.Select(fault => $"{path}:{fault.Line}: {fault.Field} {fault.Message}")));
    }

    /// <summary>Lines of a question, a tab and an item's id; empty ones and those that begin with '#' are left out.</summary>
    /// <exception cref="InvalidDataException">Every faulty line is named.</exception>
    public static IReadOnlyList<ExpectedItem> ReadQuestions(string path)
    {
        var lines = File.ReadAllLines(path).Select((text, i) => (Line: i + 1, Parts: text.Split('\t')))
            .Where(line => line.Parts[0].Length > 0 && line.Parts[0][0] != '#').ToArray();
        var faulty = lines.Where(line => line.Parts.Length != 2 || line.Parts.Any(string.IsNullOrWhiteSpace)).ToArray();
        return faulty.Length == 0
            ? [.. lines.Select(line => new ExpectedItem(line.Parts[0], line.Parts[1].Trim()))]
            : throw new InvalidDataException(string.Join('\n', faulty.Select(line => $"{path}:{line.Line}: a question, a tab and an item's id are expected")));
    }
}
