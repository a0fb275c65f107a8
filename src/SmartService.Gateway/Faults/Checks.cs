using System.Diagnostics.CodeAnalysis;

namespace SmartService.Gateway.Faults;

/// <summary>Collects every fault of a request, so that a developer mends them in one go.</summary>
internal sealed class Checks(int? line = null)
{
    /// <summary>More are not reported: a file of garbage must not make an answer as large.</summary>
    public const int MaxFaults = 1000;

    private List<Fault>? _faults;

    public IReadOnlyList<Fault> Faults => _faults ?? [];

    public bool IsClean => _faults is null;

    public void Add(string field, string message)
    {
        _faults ??= [];
        if (_faults.Count < MaxFaults)
        {
            _faults.Add(new(field, message, line));
        }
    }

    public void Must(bool holds, string field, string message)
    {
        if (!holds)
        {
            Add(field, message);
        }
    }

    /// <summary>An id made by a browser.</summary>
    public void ClientId(string field, [NotNull] string? id)
    {
        Must(id is not null && Identifiers.IsClientId(id), field, "8 to 64 characters of A-Za-z0-9_-");
        id ??= "";
    }

    /// <summary>An id made by the merchant.</summary>
    public void MerchantId(string field, [NotNull] string? id)
    {
        Must(id is not null && Identifiers.IsMerchantId(id), field, "1 to 128 characters of A-Za-z0-9 and _-.:@+#=~");
        id ??= "";
    }

    /// <summary>A text that must be there.</summary>
    public void Text(string field, [NotNull] string? text, int max)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > max)
        {
            Add(field, $"1 to {max:N0} characters"); // Made only when it is told.
        }

        Must(text is null || !HasControls(text), field, "no control characters");
        text ??= "";
    }

    /// <summary>A text that may be missing.</summary>
    public void OptionalText(string field, string? text, int max)
    {
        Must(text is null || text.Length <= max, field, $"at most {max:N0} characters");
        Must(text is null || !HasControls(text), field, "no control characters");
    }

    public void Range(string field, double? value, double min, double max) =>
        Must(value is null || (value >= min && value <= max), field, $"from {min} to {max}");

    /// <summary>A value that must be there.</summary>
    public T Needed<T>(string field, T? value)
        where T : struct
    {
        Must(value is not null, field, "is missing");
        return value ?? default;
    }

    public void AddRange(IEnumerable<Fault> faults)
    {
        foreach (var fault in faults.Take(MaxFaults - Faults.Count))
        {
            (_faults ??= []).Add(fault);
        }
    }

    /// <exception cref="ProblemException">There are faults.</exception>
    public void ThrowIfAny()
    {
        if (_faults is { } faults)
        {
            throw new ProblemException(Problems.Invalid($"{faults.Count} {(faults.Count == 1 ? "field is" : "fields are")} wrong; \"errors\" names each.", [.. faults]));
        }
    }

    private static bool HasControls(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                return true;
            }
        }

        return false;
    }
}
