namespace SmartService.Intent.Features;

/// <summary>Splits Hangul syllables into the letters they are typed with.</summary>
/// <remarks>Arithmetic decomposition: The Unicode Standard, section 3.12 "Conjoining Jamo Behavior".</remarks>
public static class Jamo
{
    private const int VowelCount = 21;
    private const int TailCount = 28;

    /// <param name="text">Any text; characters that are not Hangul syllables are kept.</param>
    /// <param name="destination">At least three times as long as <paramref name="text"/>.</param>
    /// <returns>Characters written.</returns>
    public static int Decompose(ReadOnlySpan<char> text, Span<char> destination)
    {
        var length = 0;
        foreach (var c in text)
        {
            var index = c - '\uAC00';
            if (index is < 0 or >= 11_172)
            {
                destination[length++] = c;
                continue;
            }

            destination[length++] = (char)('\u1100' + (index / (VowelCount * TailCount)));
            destination[length++] = (char)('\u1161' + (index / TailCount % VowelCount));
            if (index % TailCount is > 0 and var tail)
            {
                destination[length++] = (char)('\u11A7' + tail);
            }
        }

        return length;
    }
}
