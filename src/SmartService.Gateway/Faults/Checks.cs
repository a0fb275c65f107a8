using System.Diagnostics.CodeAnalysis;

namespace SmartService.Gateway.Faults;

/// <summary>Collects every fault of a request, so that a developer mends them in one go.</summary>
internal sealed class Checks(int? line = null)
{
    /// <summary>More are not reported: a file of garbage must not make an answer as large.</summary>
    public const int MaxFaults = 1000;

    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> Faults => _faults;

    public bool IsClean => _faults.Count == 0;

    public void Add(string field, string message)
    {
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
        Must(!string.IsNullOrWhiteSpace(text) && text.Length <= max, field, $"1 to {max:N0} characters");
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

    public void AddRange(IEnumerable<Fault> faults) => _faults.AddRange(faults.Take(MaxFaults - _faults.Count));

    /// <exception cref="ProblemException">There are faults.</exception>
    public void ThrowIfAny()
    {
        if (!IsClean)
        {
            throw new ProblemException(Problems.Invalid($"{_faults.Count} {(_faults.Count == 1 ? "field is" : "fields are")} wrong; \"errors\" names each.", [.. _faults]));
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
