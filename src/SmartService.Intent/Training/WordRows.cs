using SmartService.Intent.Features;
using SmartService.Intent.Words;

namespace SmartService.Intent.Training;

/// <summary>Which rows of a vocabulary are words that a <see cref="WordTable"/> holds, and what it says of them.</summary>
internal sealed class WordRows
{
    private readonly WordTable _table;
    private readonly int[] _word;

    private WordRows(WordTable table, int[] word) => (_table, _word) = (table, word);

    /// <summary>Numbers of a word's vector.</summary>
    public int Size => _table.Size;

    public int Count => _word.Length;

    public bool Has(int row) => _word[row] >= 0;

    /// <summary>What the table says of a row that it has.</summary>
    public ReadOnlySpan<float> Vector(int row) => _table.Vector(_word[row]);

    /// <summary>
    /// Finds the rows of the messages' words. Words that no message holds get none: known by hearsay alone, they make strange messages
    /// look familiar.
    /// </summary>
    /// <returns>Null where the table knows none of the words.</returns>
    public static WordRows? For(Vocabulary vocabulary, WordTable? table, IReadOnlyList<LabelledText> data)
    {
        if (table is null)
        {
            return null;
        }

        var rows = new int[vocabulary.Rows];
        Array.Fill(rows, -1);
        var extraction = new FeatureExtraction(vocabulary.Settings);
        var found = false;
        // In the table's order, so that of two words that share a hash the more common one has the row.
        foreach (var word in data.SelectMany(line => extraction.WordsOf(line.Text)).Select(table.IndexOf).Where(word => word >= 0).Distinct().Order())
        {
            var row = vocabulary.RowOf(FeatureExtraction.BucketOf(vocabulary.Settings, table.Words[word]));
            if (row >= 0 && rows[row] < 0)
            {
                rows[row] = word;
                found = true;
            }
        }

        return found ? new(table, rows) : null;
    }
}
