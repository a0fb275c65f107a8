using System.Text;

namespace SmartService.Intent.Features;

/// <summary>Brings text to the one form that features are made from: NFKC, lower case, no lone surrogates.</summary>
/// <remarks>Unicode Standard Annex #15. Allocation-free for all text the shop's languages need.</remarks>
public static class TextNormalizer
{
    /// <summary>A compatibility character may become up to 18 (U+FDFA); text that grows past the buffer keeps its plain form.</summary>
    public const int Growth = 4;

    /// <param name="text">Any UTF-16, also malformed.</param>
    /// <param name="destination">At least <see cref="Growth"/> times as long as <paramref name="text"/>.</param>
    /// <param name="scratch">As long as <paramref name="text"/>; overwritten.</param>
    /// <returns>Characters written.</returns>
    public static int Normalize(ReadOnlySpan<char> text, Span<char> destination, Span<char> scratch)
    {
        if (Ascii.IsValid(text))
        {
            // Most messages, or most of one; vectors at a time.
            Ascii.ToLower(text, destination, out var ascii);
            return ascii;
        }

        var stable = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                var paired = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                scratch[i] = paired ? c : '\uFFFD';
                if (paired)
                {
                    i++;
                    scratch[i] = text[i];
                }

                stable = false;
            }
            else
            {
                // U+FFFE is no character: ICU refuses to normalise a text that holds it.
                scratch[i] = c == '\uFFFE' ? '\uFFFD' : c;
                stable &= IsStable(c);
            }
        }

        var length = text.Length;
        if (stable || !((ReadOnlySpan<char>)scratch[..length]).TryNormalize(destination, out length, NormalizationForm.FormKC))
        {
            length = text.Length;
            scratch[..length].CopyTo(destination);
        }

        for (var i = 0; i < length; i++)
        {
            destination[i] = destination[i] < 128
                ? (char)(destination[i] | (destination[i] is >= 'A' and <= 'Z' ? 0x20 : 0))
                : IsStable(destination[i]) ? destination[i] : char.ToLowerInvariant(destination[i]);
        }

        return length;
    }

    /// <summary>True for characters that NFKC leaves alone, that nothing composes with and, but for ASCII, that have no case: ASCII, Hangul syllables, unified Han.</summary>
    private static bool IsStable(char c) =>
        c < 128 || c is (>= '\uAC00' and <= '\uD7A3') or (>= '\u4E00' and <= '\u9FFF') or (>= '\u3001' and <= '\u3002');
}
