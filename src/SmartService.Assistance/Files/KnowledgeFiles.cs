using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine;

namespace SmartService.Assistance.Files;

internal sealed class KnowledgeFiles(IKnowledge knowledge, TimeProvider time) : IKnowledgeFiles
{
    private const int MostBytes = 20 * 1024 * 1024;
    private const int MostFaults = 1_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async ValueTask<ImportResult> ImportAsync(
        TenantId tenant, Stream file, KnowledgeFormat format, string author, bool dryRun, CancellationToken ct)
    {
        List<ParsedItem> parsed;
        try
        {
            parsed = Parse(await ReadAsync(file, ct), format);
        }
        catch (FileFaultException e)
        {
            return new(0, 0, [e.Fault], null);
        }

        var items = parsed.Select(item => new ImportedItem(new(item.Id ?? IdOf(item.Content)), item.Content)).ToImmutableArray();
        var faults = parsed.SelectMany(item => item.Faults).Concat(Doubled(parsed, items)).OrderBy(fault => fault.Line).Take(MostFaults).ToArray();
        return faults.Length > 0
            ? new(parsed.Count, 0, faults, null)
            : await WriteAsync(tenant, new(items, author, time.GetUtcNow()), dryRun, ct);
    }

    public async ValueTask ExportAsync(TenantId tenant, Stream target, KnowledgeFormat format, CancellationToken ct)
    {
        var items = KnowledgeExport.From(await knowledge.ReadAsync(KnowledgeIndexes.KeyOf(tenant), ct));
        var bytes = format switch
        {
            // With the mark spreadsheets need to see that it is UTF-8.
            KnowledgeFormat.Csv => [.. Encoding.UTF8.Preamble, .. Strict.GetBytes(CsvItems.Write(items))],
            KnowledgeFormat.Json => JsonItems.Write(items, lines: false),
            KnowledgeFormat.JsonLines => JsonItems.Write(items, lines: true),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        await target.WriteAsync(bytes, ct);
    }

    /// <summary>A rehearsal asks the rules and writes nothing.</summary>
    private async ValueTask<ImportResult> WriteAsync(TenantId tenant, KnowledgeCommand.Import import, bool dryRun, CancellationToken ct)
    {
        var key = KnowledgeIndexes.KeyOf(tenant);
        if (dryRun)
        {
            var decision = KnowledgeDecider.Decide(await knowledge.ReadAsync(key, ct), import);
            return new(import.Items.Length, decision.Events.Length, [], decision.Refusal);
        }

        var reply = await knowledge.HandleAsync(key, import, ct);
        return new(import.Items.Length, reply.Events.Length, [], reply.Refusal);
    }

    private static List<ParsedItem> Parse(byte[] bytes, KnowledgeFormat format)
    {
        var body = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes.AsSpan();
        if (format == KnowledgeFormat.Json)
        {
            Decode(body);
        }

        var items = format switch
        {
            KnowledgeFormat.Csv => [.. CsvItems.Read(Decode(body)).Take(KnowledgeState.MaxItems + 1)],
            KnowledgeFormat.Json => JsonItems.ReadArray(body, KnowledgeState.MaxItems),
            KnowledgeFormat.JsonLines => [.. JsonItems.ReadLines(Decode(body)).Take(KnowledgeState.MaxItems + 1)],
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        return items.Count <= KnowledgeState.MaxItems
            ? items
            : throw new FileFaultException(items[^1].Line, "file", "holds more than 50,000 items, the most a store can have");
    }

    private static string Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException e)
        {
            var line = body[..Math.Clamp(e.Index, 0, body.Length)].Count((byte)'\n') + 1;
            throw new FileFaultException(line, "file", "is not UTF-8; save it as \"CSV UTF-8\" or in UTF-8 encoding");
        }
    }

    private static async ValueTask<byte[]> ReadAsync(Stream file, CancellationToken ct)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var read = await file.ReadAsync(buffer, ct); read > 0; read = await file.ReadAsync(buffer, ct))
        {
            if (memory.Length + read > MostBytes)
            {
                throw new FileFaultException(1, "file", "is larger than 20 MB; split it");
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private static IEnumerable<ImportFault> Doubled(List<ParsedItem> parsed, ImmutableArray<ImportedItem> items)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < items.Length; i++)
        {
            if (!first.TryAdd(items[i].Id.Value, parsed[i].Line))
            {
                var what = parsed[i].Id is null ? "question" : "id";
                yield return new(parsed[i].Line, what, $"stands on line {first[items[i].Id.Value]} already");
            }
        }
    }

    /// <summary>An item without an id is known by its question: importing the file again changes the same item.</summary>
    private static string IdOf(ItemContent content) =>
        "item-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{content.Locale}|{Terms.Normalise(content.Question.Trim())}")).AsSpan(0, 8));
}
