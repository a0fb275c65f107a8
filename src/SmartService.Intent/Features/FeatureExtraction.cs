namespace SmartService.Intent.Features;

/// <summary>
/// Turns text into counted hash buckets, one group after the other. Holds its buffers: one instance serves one thread at a
/// time and allocates nothing after construction.
/// </summary>
/// <remarks>
/// Hashing of n-grams into a fixed table: Weinberger et al., <i>Feature Hashing for Large Scale Multitask Learning</i> (2009).
/// Character n-grams within words: Bojanowski et al., <i>Enriching Word Vectors with Subword Information</i> (2017).
/// </remarks>
public sealed class FeatureExtraction
{
    private const char Edge = NGrams.Edge;
    private const int MaxTokens = 256;
    private const int LongestTail = 8;
    private const uint WordSeed = 0x51ED270B;
    private readonly FeatureSettings _settings;
    private readonly BucketCounter _counter;
    private readonly char[] _scratch;
    private readonly char[] _text;
    private readonly char[] _piece;
    private readonly Token[] _tokens = new Token[MaxTokens];
    /// <summary>Buckets of the group being extracted, as often as they occur.</summary>
    private readonly int[] _found;
    private int _tokenCount;
    private int _foundCount;

    public FeatureExtraction(FeatureSettings settings)
    {
        _settings = settings;
        _counter = new(settings.MaxFeatures);
        _scratch = new char[settings.MaxChars];
        _text = new char[settings.MaxChars * TextNormalizer.Growth];
        _piece = new char[(_text.Length * 3) + 2];
        _found = new int[MostFound(_text.Length)];
    }

    /// <summary>Distinct buckets of the last text.</summary>
    public ReadOnlySpan<int> Buckets => _counter.Buckets;

    /// <summary>How often each bucket of <see cref="Buckets"/> occurred.</summary>
    public ReadOnlySpan<int> Counts => _counter.Counts;

    /// <summary>End of each <see cref="FeatureGroup"/> in <see cref="Buckets"/>.</summary>
    public ReadOnlySpan<int> GroupEnds => _counter.GroupEnds;

    /// <summary>Extracts; the three spans then describe <paramref name="text"/>.</summary>
    public void Extract(ReadOnlySpan<char> text)
    {
        if (text.Length > _settings.MaxChars)
        {
            text = text[.._settings.MaxChars];
        }

        var length = TextNormalizer.Normalize(text, _text, _scratch);
        Tokenize(_text.AsSpan(0, length));
        _counter.Clear();
        AddWords();
        Count(FeatureGroup.Word);
        AddPieces();
        Count(FeatureGroup.Piece);
        AddJamo();
        Count(FeatureGroup.Jamo);
    }

    private void Count(FeatureGroup group)
    {
        _counter.AddGroup(_found.AsSpan(0, _foundCount), group);
        _foundCount = 0;
    }

    /// <summary>Words of a text in Latin script and the like, as the features see them: lower case, no apostrophes, no long numbers.</summary>
    internal IReadOnlyList<string> WordsOf(string text)
    {
        Extract(text);
        var words = new List<string>();
        foreach (var token in _tokens.AsSpan(0, _tokenCount))
        {
            var word = _text.AsSpan(token.Start, token.Length);
            if (token.Kind == CharKind.Letter && !IsLongNumber(word))
            {
                words.Add(word.ToString().Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal));
            }
        }

        return words;
    }

    /// <summary>The bucket of a word of <see cref="WordsOf"/>.</summary>
    internal static int BucketOf(FeatureSettings settings, string word) =>
        (int)((HashOf(word, CharKind.Letter) ^ WordSeed) >> (32 - settings.BucketBits));

    private void Tokenize(Span<char> text)
    {
        _tokenCount = 0;
        var i = 0;
        while (i < text.Length && _tokenCount < MaxTokens)
        {
            var kind = Script.KindOf(text[i]);
            var start = i++;
            switch (kind)
            {
                case CharKind.Break:
                    continue;
                case CharKind.Mark:
                    if (char.IsHighSurrogate(text[start]) && i < text.Length)
                    {
                        i++;
                    }

                    break;
                case CharKind.Letter or CharKind.Hangul:
                    i = EndOfWord(text, i, kind);
                    break;
            }

            _tokens[_tokenCount++] = new(start, i - start, kind, HashOf(text[start..i], kind));
        }
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int i, CharKind kind)
    {
        // An apostrophe inside a word belongs to it: don't, l'eau.
        while (i < text.Length && (Script.KindOf(text[i]) == kind
            || (kind == CharKind.Letter && text[i] is '\'' or '’' && i + 1 < text.Length && Script.KindOf(text[i + 1]) == kind)))
        {
            i++;
        }

        return i;
    }

    /// <summary>Numbers of three digits and more are one word: an order number tells no intent, "7 days" may.</summary>
    private static uint HashOf(ReadOnlySpan<char> word, CharKind kind)
    {
        if (kind == CharKind.Letter && IsLongNumber(word))
        {
            return 0x9E3779B9;
        }

        var hash = 2166136261u;
        foreach (var c in word)
        {
            // "dont" and "don't" are one word.
            if (c is not ('\'' or '’'))
            {
                hash = Step(hash, c);
            }
        }

        return Finish(hash);
    }

    private static bool IsLongNumber(ReadOnlySpan<char> word) => word.Length >= 3 && word.IndexOfAnyExceptInRange('0', '9') < 0;

    private void AddWords()
    {
        AddEnds();
        for (var i = 0; i < _tokenCount; i++)
        {
            var token = _tokens[i];
            Add(token.Hash ^ WordSeed);
            if (i + 1 < _tokenCount)
            {
                var pair = (token.Hash * 31) + (_tokens[i + 1].Hash ^ 0x2545F491);
                Add(Finish(pair));
                if (token.Kind == CharKind.Han && i + 2 < _tokenCount && _tokens[i + 2].Kind == CharKind.Han)
                {
                    Add(Finish((pair * 31) + (_tokens[i + 2].Hash ^ 0x1B873593)));
                }
            }
        }
    }

    /// <summary>How a message begins and ends: that tells a question from an order better than the words between.</summary>
    private void AddEnds()
    {
        if (_tokenCount == 0)
        {
            return;
        }

        var first = _tokens[0].Hash * 31;
        var last = _tokens[_tokenCount - 1].Hash * 31;
        Add(Finish(first ^ 0x7E57AB1E));
        Add(Finish(last ^ 0x3D20ADEA));
        if (_tokenCount > 1)
        {
            Add(Finish((first + (_tokens[1].Hash ^ 0x2545F491)) ^ 0x7E57AB1E));
            Add(Finish(((_tokens[_tokenCount - 2].Hash * 31) + (_tokens[_tokenCount - 1].Hash ^ 0x2545F491)) ^ 0x3D20ADEA));
        }
    }

    /// <summary>The last characters of a message that ends in Korean: its verb endings say what kind of sentence it is.</summary>
    private void AddTail()
    {
        if (_tokenCount > 0 && _tokens[_tokenCount - 1] is { Kind: CharKind.Hangul } last)
        {
            var hash = 0x0A11CE09u;
            var end = last.Start + last.Length;
            for (var i = end - 1; i >= Math.Max(0, end - LongestTail); i--)
            {
                hash = Step(hash, _text[i]);
                Add(Finish(hash));
            }
        }
    }

    private void AddPieces()
    {
        AddTail();
        for (var i = 0; i < _tokenCount; i++)
        {
            var token = _tokens[i];
            var word = _text.AsSpan(token.Start, token.Length);
            switch (token.Kind)
            {
                case CharKind.Letter when !IsLongNumber(word):
                    AddNGrams(Framed(word), 2, 5, 0x0A11CE01);
                    break;
                case CharKind.Hangul:
                    AddNGrams(Framed(word), 1, 3, 0x0A11CE02);
                    break;
                case CharKind.Han:
                    var end = i;
                    while (end + 1 < _tokenCount && _tokens[end + 1].Kind == CharKind.Han
                        && _tokens[end + 1].Start == _tokens[end].Start + 1)
                    {
                        end++;
                    }

                    AddNGrams(_text.AsSpan(token.Start, end - i + 1), 1, 4, 0x0A11CE03);
                    i = end;
                    break;
            }
        }
    }

    private void AddJamo()
    {
        for (var i = 0; i < _tokenCount; i++)
        {
            var token = _tokens[i];
            if (token.Kind == CharKind.Hangul)
            {
                _piece[0] = Edge;
                var length = 1 + Jamo.Decompose(_text.AsSpan(token.Start, token.Length), _piece.AsSpan(1));
                _piece[length++] = Edge;
                AddNGrams(_piece.AsSpan(0, length), 3, 5, 0x0A11CE04);
            }
        }
    }

    private Span<char> Framed(ReadOnlySpan<char> word)
    {
        _piece[0] = Edge;
        var length = 1;
        foreach (var c in word)
        {
            if (c is not ('\'' or '’'))
            {
                _piece[length++] = c;
            }
        }

        _piece[length++] = Edge;
        return _piece.AsSpan(0, length);
    }

    private void AddNGrams(ReadOnlySpan<char> text, int shortest, int longest, uint seed) =>
        _foundCount += NGrams.Hash(text, shortest, longest, seed, 32 - _settings.BucketBits, _found.AsSpan(_foundCount));

    private void Add(uint hash) => _found[_foundCount++] = (int)(hash >> (32 - _settings.BucketBits));

    /// <summary>Of a group of a text: five features a jamo and edge, of which a syllable has three; words and ends are fewer.</summary>
    private static int MostFound(int chars) => (((3 * chars) + (2 * MaxTokens)) * 5) + (4 * MaxTokens) + LongestTail;

    private static uint Step(uint hash, char c) => NGrams.Step(hash, c);

    private static uint Finish(uint hash) => NGrams.Finish(hash);

    private readonly record struct Token(int Start, int Length, CharKind Kind, uint Hash);
}
