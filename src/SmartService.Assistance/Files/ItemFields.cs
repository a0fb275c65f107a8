using System.Collections.Immutable;
using System.Globalization;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Popups;

namespace SmartService.Assistance.Files;

/// <summary>Builds an item out of a file's fields and collects what is wrong with them.</summary>
internal sealed class ItemFields(int line)
{
    private readonly List<ImportFault> _faults = [];

    public string? Id { get; set; }

    public string? Intent { get; set; }

    public string Question { get; set; } = "";

    public ImmutableArray<string> Variants { get; set; } = [];

    public string Answer { get; set; } = "";

    public string Locale { get; set; } = "";

    public ImmutableArray<AnswerAction> Actions { get; set; } = [];

    public DateTimeOffset? ValidFrom { get; set; }

    public DateTimeOffset? ValidTo { get; set; }

    public void Fault(string field, string message) => _faults.Add(new(line, field, message));

    /// <summary>A date alone is that day's beginning, or its end for <paramref name="isEnd"/>, in UTC.</summary>
    public DateTimeOffset? Time(string field, string? text, bool isEnd)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new(isEnd ? day.ToDateTime(TimeOnly.MaxValue) : day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        Fault(field, "must be a date (2026-11-24) or a time (2026-11-24T09:00:00+09:00)");
        return null;
    }

    public ParsedItem Build()
    {
        var intent = string.IsNullOrWhiteSpace(Intent) ? default(IntentId?) : new IntentId(Intent.Trim());
        var content = new ItemContent(intent, Question, Variants, Answer, Locale.Trim(), Actions, ValidFrom, ValidTo);
        var id = string.IsNullOrWhiteSpace(Id) ? null : Id.Trim();
        if (id is not null && !ContentRules.IsItemId(id))
        {
            Fault("id", $"must have 1 to {ContentRules.MaxItemIdLength} characters without white space");
        }

        var known = _faults.Select(fault => fault.Field).ToHashSet(StringComparer.Ordinal);
        _faults.AddRange(ContentRules.Check(content).Where(fault => !known.Contains(fault.Field)).Select(fault => new ImportFault(line, fault.Field, fault.Message)));
        return new(line, id, content, [.. _faults]);
    }
}
