using System.Text;

namespace SmartService.Domain.Texts;

/// <summary>Takes out of a text what would tell who wrote it, for logs, exports and learning. Conversations themselves keep their words.</summary>
/// <remarks>Order numbers, dates and amounts stay: staff need them, and without the shop's data they point to nobody.</remarks>
public static class TextMask
{
    /// <summary>The text with mail addresses, phone, card and identity numbers named instead, and the numbers of addresses as '#'.</summary>
    public static string Mask(string text)
    {
        var entities = TextEntities.Read(text);
        if (!entities.Any(entity => IsPersonal(entity.Kind)))
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        var from = 0;
        foreach (var entity in entities.Where(entity => IsPersonal(entity.Kind)))
        {
            masked.Append(text, from, entity.Start - from).Append(Of(entity.Kind));
            from = entity.Start + entity.Length;
        }

        return masked.Append(text, from, text.Length - from).ToString();
    }

    private static bool IsPersonal(TextEntityKind kind) =>
        kind is TextEntityKind.Email or TextEntityKind.Phone or TextEntityKind.Card or TextEntityKind.Identity or TextEntityKind.Address;

    private static string Of(TextEntityKind kind) => kind switch
    {
        TextEntityKind.Email => "[email]",
        TextEntityKind.Phone => "[phone]",
        TextEntityKind.Card => "[card]",
        TextEntityKind.Identity => "[id]",
        _ => "#",
    };
}
