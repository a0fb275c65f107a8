using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartService.Assistance.Answers;

/// <summary>Many L2-normalised embeddings in one byte a number, compared with a question's by whole-number arithmetic. Immutable.</summary>
/// <remarks>
/// A scan over floats is bound by memory; bytes are a quarter of it. What rounding costs is bounded by Cauchy and Schwarz:
/// with rounding errors e and f of the two vectors, the cosine is off by at most |e| + |f| + |e||f|. Whoever wants the exact
/// nearest takes all within twice <see cref="ErrorWith"/> of the last one and compares those exactly. The question, of which
/// there is one, is kept in sixteen bits a number, so that f is next to nothing.
/// </remarks>
internal sealed class QuantizedVectors
{
    /// <summary>Numbers compared at once; rows are filled up with zeros to a multiple of it.</summary>
    internal const int Step = 16;
    private const int Levels = 127;

    /// <summary>What sums of floats may be off by, the exact ones too.</summary>
    private const float Arithmetic = 2e-6f;
    private readonly sbyte[] _codes;
    private readonly float[] _scales;
    private readonly float _error;
    private readonly int _stride;

    /// <param name="vectors">One behind the other; each of <paramref name="dimensions"/> numbers.</param>
    public QuantizedVectors(int dimensions, IReadOnlyCollection<float[]> vectors)
    {
        Dimensions = dimensions;
        Count = dimensions == 0 ? 0 : vectors.Sum(vector => vector.Length) / dimensions;
        _stride = Padded(dimensions);
        _codes = new sbyte[Count * _stride];
        _scales = new float[Count];
        var at = 0;
        foreach (var many in vectors)
        {
            for (var from = 0; from < many.Length; from += dimensions, at++)
            {
                var (scale, error) = Round(many.AsSpan(from, dimensions), Levels, _codes.AsSpan(at * _stride, dimensions));
                _scales[at] = scale;
                _error = Math.Max(_error, error);
            }
        }
    }

    public int Dimensions { get; }

    public int Count { get; }

    public long Bytes => _codes.LongLength + (_scales.LongLength * sizeof(float));

    /// <summary>How far a cosine of <see cref="Score"/> can be from the true one.</summary>
    public float ErrorWith(QuantizedQuery query) => _error + query.Error + (_error * query.Error) + Arithmetic;

    /// <summary>Cosines of the question with every vector, within <see cref="ErrorWith"/>.</summary>
    /// <param name="scores">Filled: length <see cref="Count"/>.</param>
    public void Score(QuantizedQuery query, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(query.Dimensions, Dimensions);
        var at = 0;
        if (Avx2.IsSupported)
        {
            for (; at + 4 <= Count; at += 4)
            {
                var dots = Vector128.ConvertToSingle(DotFour(_codes.AsSpan(at * _stride, 4 * _stride), query.Codes));
                (dots * Vector128.Create(_scales.AsSpan(at)) * query.Scale).CopyTo(scores[at..]);
            }
        }

        for (; at < Count; at++)
        {
            scores[at] = Dot(_codes.AsSpan(at * _stride, _stride), query.Codes) * _scales[at] * query.Scale;
        }
    }

    internal static int Padded(int dimensions) => (dimensions + Step - 1) / Step * Step;

    /// <param name="levels">The largest number becomes this.</param>
    /// <param name="codes">Filled as far as <paramref name="vector"/> goes.</param>
    /// <returns>What one step is worth, and the length of the rounding error.</returns>
    internal static (float Scale, float Error) Round<T>(ReadOnlySpan<float> vector, int levels, Span<T> codes)
        where T : IBinaryInteger<T>
    {
        var largest = 0f;
        foreach (var x in vector)
        {
            largest = Math.Max(largest, Math.Abs(x));
        }

        var scale = largest / levels;
        var squares = 0.0;
        for (var i = 0; i < vector.Length; i++)
        {
            var steps = scale == 0 ? 0 : Math.Clamp(MathF.Round(vector[i] / scale), -levels, levels);
            codes[i] = T.CreateTruncating(steps);
            var error = vector[i] - (steps * scale);
            squares += error * error;
        }

        return (scale, (float)Math.Sqrt(squares));
    }

    /// <summary>Sums of products of four rows, one behind the other, with the question.</summary>
    internal static Vector128<int> DotFour(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> query)
    {
        // Four at once share the loads of the question and the adding up at the end. Rows and question have the same whole steps.
        ref var row = ref MemoryMarshal.GetReference(rows);
        ref var asked = ref MemoryMarshal.GetReference(query);
        var length = (nuint)query.Length;
        var (first, second, third, fourth) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (nuint at = 0; at < length; at += Step)
        {
            var numbers = Vector256.LoadUnsafe(ref asked, at);
            first += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row, at)), numbers);
            second += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row, at + length)), numbers);
            third += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row, at + (2 * length))), numbers);
            fourth += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row, at + (3 * length))), numbers);
        }

        var sums = Avx2.HorizontalAdd(Avx2.HorizontalAdd(first, second), Avx2.HorizontalAdd(third, fourth));
        return sums.GetLower() + sums.GetUpper();
    }

    /// <summary>Sum of products on any processor.</summary>
    internal static int Dot(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> query)
    {
        var sum = Vector128<int>.Zero;
        for (var at = 0; at < row.Length; at += Step)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(row[at..]));
            sum += Products(low, Vector128.Create(query[at..])) + Products(high, Vector128.Create(query[(at + (Step / 2))..]));
        }

        return Vector128.Sum(sum);
    }

    private static Vector128<int> Products(Vector128<short> one, Vector128<short> other)
    {
        var ((a, b), (c, d)) = (Vector128.Widen(one), Vector128.Widen(other));
        return (a * c) + (b * d);
    }
}
