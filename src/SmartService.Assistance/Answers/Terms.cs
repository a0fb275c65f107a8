using System.Text;

namespace SmartService.Assistance.Answers;

/// <summary>Cuts text of any script into hashed search terms.</summary>
/// <remarks>
/// Latin and digits: stemmed words, and the first five letters of long ones so that "delivery" meets "delivered". Hangul:
/// syllable bigrams, which step over particles. Han and Kana: single characters and bigrams, since nothing marks words.
/// Hashes are FNV-1a, 64 bit (Fowler, Noll, Vo): no strings are made while a question is answered.
/// </remarks>
internal static class Terms
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const int PrefixLength = 5;

    private enum Script
    {
        None, Word, Hangul, Han,
    }

    /// <summary>Folds width, compatibility forms and case, as both index and question must.</summary>
    public static string Normalise(string text)
    {
        try
        {
            return (text.IsNormalized(NormalizationForm.FormKC) ? text : text.Normalize(NormalizationForm.FormKC)).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair: cannot be normalised, can still be searched.
            return text.ToLowerInvariant();
        }
    }

    public static ulong[] Of(string text)
    {
        var terms = new List<ulong>(32);
        Cut(Normalise(text), terms);
        return [.. terms];
    }

    /// <summary>One number for the words of a text in their order: the same for the same words, whatever case, width and punctuation.</summary>
    public static ulong KeyOf(string text)
    {
        var key = Offset;
        foreach (var c in Normalise(text))
        {
            key = ScriptOf(c) == Script.None ? key : (key ^ c) * Prime;
        }

        return key;
    }

    /// <summary>Each term once, with how often it occurs. Sorts <paramref name="terms"/>: their order means nothing.</summary>
    public static void ForEachDistinct(ulong[] terms, Action<ulong, int> each)
    {
        Array.Sort(terms);
        for (int from = 0, to; from < terms.Length; from = to)
        {
            for (to = from + 1; to < terms.Length && terms[to] == terms[from]; to++)
            {
            }

            each(terms[from], to - from);
        }
    }

    /// <summary>Terms in 32 bits, each once: what is kept of a question voted on.</summary>
    public static HashSet<int> Folded(ulong[] terms) => [.. terms.Select(term => (int)(term ^ (term >> 32)))];

    private static void Cut(ReadOnlySpan<char> text, List<ulong> into)
    {
        for (var i = 0; i < text.Length;)
        {
            var script = ScriptOf(text[i]);
            var start = i++;
            while (i < text.Length && ScriptOf(text[i]) == script)
            {
                i++;
            }

            var run = text[start..i];
            switch (script)
            {
                case Script.Word:
                    AddWord(run, into);
                    break;
                case Script.Hangul:
                    AddGrams(run, into, singles: run.Length == 1);
                    break;
                case Script.Han:
                    AddGrams(run, into, singles: true);
                    break;
            }
        }
    }

    private static Script ScriptOf(char c) => c switch
    {
        >= '\uAC00' and <= '\uD7A3' => Script.Hangul,
        >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' => Script.Han,
        _ when char.IsLetterOrDigit(c) => Script.Word,
        _ => Script.None,
    };

    private static void AddWord(ReadOnlySpan<char> word, List<ulong> into)
    {
        var stem = Stem(word);
        into.Add(Hash(stem));
        if (stem.Length > PrefixLength)
        {
            into.Add(Hash(stem[..PrefixLength]));
        }
    }

    private static void AddGrams(ReadOnlySpan<char> run, List<ulong> into, bool singles)
    {
        for (var i = 0; i < run.Length; i++)
        {
            if (singles)
            {
                into.Add(Hash(run.Slice(i, 1)));
            }

            if (i + 1 < run.Length)
            {
                into.Add(Hash(run.Slice(i, 2)));
            }
        }
    }

    /// <summary>The endings that matter in questions to a shop; a full stemmer gains nothing here.</summary>
    private static ReadOnlySpan<char> Stem(ReadOnlySpan<char> word)
    {
        if (word.Length > 5 && word.EndsWith("ing"))
        {
            return Undouble(word[..^3]);
        }

        if (word.Length > 4 && word.EndsWith("ed"))
        {
            return Undouble(word[..^2]);
        }

        return word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
    }

    private static ReadOnlySpan<char> Undouble(ReadOnlySpan<char> stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem;

    private static ulong Hash(ReadOnlySpan<char> term)
    {
        var hash = Offset;
        foreach (var c in term)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }
}
