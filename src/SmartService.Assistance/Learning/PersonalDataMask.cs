using System.Text.RegularExpressions;
using SmartService.Domain.Texts;

namespace SmartService.Assistance.Learning;

/// <summary>
/// Masks what lessons are made of: addresses of mail and web, the numbers of street addresses, and every number of three digits
/// or more, be it of an order, a phone or a card. A masked digit becomes 0, not a word: a model reads such a text as it reads the
/// real one. <see cref="TextMask"/>, for people to read, keeps more.
/// </summary>
internal sealed partial class PersonalDataMask : ITextMask
{
    private const string Hidden = "•••";

    public string Mask(string text)
    {
        var digits = text.ToCharArray();
        foreach (var entity in TextEntities.Read(text))
        {
            if (entity.Kind is TextEntityKind.Address or TextEntityKind.Phone or TextEntityKind.Identity)
            {
                Zero(digits.AsSpan(entity.Start, entity.Length));
            }
        }

        return Numbers().Replace(Addresses().Replace(new string(digits), Hidden), number => Digits().Replace(number.Value, "0"));
    }

    private static void Zero(Span<char> text)
    {
        foreach (ref var c in text)
        {
            c = char.IsDigit(c) ? '0' : c;
        }
    }

    [GeneratedRegex(@"\bhttps?://\S+|[\w.+-]+@[\w-]+(\.[\w-]+)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();

    /// <summary>Digits with the separators people write between them: "010-1234-5678", "4111 1111 1111 1111".</summary>
    [GeneratedRegex(@"\d[\d\-. ()]*\d[\d\-. ()]*\d")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\d")]
    private static partial Regex Digits();
}
