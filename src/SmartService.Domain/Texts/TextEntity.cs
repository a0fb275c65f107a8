namespace SmartService.Domain.Texts;

/// <summary>What a stretch of text is.</summary>
public enum TextEntityKind
{
    Email,

    /// <summary>A number of a payment card: 13 to 19 digits, written as cards are, that pass Luhn's check; or four groups of four.</summary>
    Card,

    /// <summary>A national identity number (Korean resident number, Chinese identity card).</summary>
    Identity,
    Phone,
    Date,
    Money,

    /// <summary>The numbers of a postal address: house, flat, floor.</summary>
    Address,

    /// <summary>What looks like an order's or a parcel's number.</summary>
    OrderNumber,
}

/// <param name="Start">From 0, in UTF-16 units.</param>
public readonly record struct TextEntity(TextEntityKind Kind, int Start, int Length, string Value);
