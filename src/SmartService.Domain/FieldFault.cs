namespace SmartService.Domain;

/// <summary>What is wrong with one field, in words a person can act on.</summary>
/// <param name="Field">Path of the field as it stands in a document, for example "variants[3]" or "popups.perDay".</param>
/// <param name="Message">What the field must be, for example "must be between 0 and 50".</param>
public readonly record struct FieldFault(string Field, string Message)
{
    public override string ToString() => $"{Field} {Message}";
}
