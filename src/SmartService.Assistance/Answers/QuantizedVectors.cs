using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartService.Assistance.Answers;

/// <summary>Many L2-normalised embeddings in one byte a number, compared with a question's by whole-number arithmetic. Immutable.</summary>
/// <remarks>
/// A scan over floats is bound by memory; bytes are a quarter of it. What rounding costs is bounded by Cauchy and Schwarz:
/// with rounding errors e and f of the two vectors, the cosine is off by at most |e| + |f| + |e||f|. Whoever wants the exact
/// nearest takes all within twice <see cref="ErrorWith"/> of the last one and compares those exactly.
/// </remarks>
internal sealed class QuantizedVectors
{
    private const int Levels = 127;
    private readonly sbyte[] _codes;
    private readonly float[] _scales;
    private readonly float _error;

    /// <param name="vectors">One behind the other; each of <paramref name="dimensions"/> numbers.</param>
    public QuantizedVectors(int dimensions, IReadOnlyCollection<float[]> vectors)
    {
        Dimensions = dimensions;
        Count = dimensions == 0 ? 0 : vectors.Sum(vector => vector.Length) / dimensions;
        _codes = new sbyte[Count * dimensions];
        _scales = new float[Count];
        var at = 0;
        foreach (var many in vectors)
        {
            for (var from = 0; from < many.Length; from += dimensions, at++)
            {
                var (scale, error) = Quantize(many.AsSpan(from, dimensions), _codes.AsSpan(at * dimensions, dimensions));
                _scales[at] = scale;
                _error = Math.Max(_error, error);
            }
        }
    }

    public int Dimensions { get; }

    public int Count { get; }

    public long Bytes => _codes.LongLength + (_scales.LongLength * sizeof(float));

    /// <summary>How far a cosine of <see cref="Score"/> can be from the true one.</summary>
    public float ErrorWith(QuantizedQuery query) => _error + query.Error + (_error * query.Error);

    /// <summary>Cosines of the question with every vector, within <see cref="ErrorWith"/>.</summary>
    /// <param name="scores">Filled: length <see cref="Count"/>.</param>
    public void Score(QuantizedQuery query, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(query.Codes.Length, Dimensions);
        for (var i = 0; i < Count; i++)
        {
            scores[i] = Dot(_codes.AsSpan(i * Dimensions, Dimensions), query.Codes) * _scales[i] * query.Scale;
        }
    }

    /// <summary>The best cosine of each group of vectors, never under 0.</summary>
    /// <param name="firsts">Where each group begins, and where the last one ends.</param>
    public void ScoreBest(QuantizedQuery query, ReadOnlySpan<int> firsts, Span<float> best)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(query.Codes.Length, Dimensions);
        ReadOnlySpan<short> codes = query.Codes;
        for (var group = 0; group < best.Length; group++)
        {
            var most = 0f;
            for (var i = firsts[group]; i < firsts[group + 1]; i++)
            {
                most = Math.Max(most, Dot(_codes.AsSpan(i * Dimensions, Dimensions), codes) * _scales[i]);
            }

            best[group] = most * query.Scale;
        }
    }

    /// <returns>What one step is worth, and the length of the rounding error.</returns>
    internal static (float Scale, float Error) Quantize(ReadOnlySpan<float> vector, Span<sbyte> codes)
    {
        var largest = 0f;
        foreach (var x in vector)
        {
            largest = Math.Max(largest, Math.Abs(x));
        }

        var scale = largest / Levels;
        var squares = 0.0;
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(vector[i] / scale);
            var error = vector[i] - (codes[i] * scale);
            squares += error * error;
        }

        return (scale, (float)Math.Sqrt(squares));
    }

    /// <summary>Sum of products. A product of two bytes fits 16 bits; sums are kept in 32.</summary>
    internal static int Dot(ReadOnlySpan<sbyte> codes, ReadOnlySpan<short> query)
    {
        var at = 0;
        var sum = 0;
        if (Avx512BW.IsSupported)
        {
            var wide = Vector512<int>.Zero;
            for (; at + Vector256<sbyte>.Count <= codes.Length; at += Vector256<sbyte>.Count)
            {
                var sixteen = Avx512BW.ConvertToVector512Int16(Vector256.Create(codes[at..]));
                wide += Avx512BW.MultiplyAddAdjacent(sixteen, Vector512.Create(query[at..]));
            }

            sum = Vector512.Sum(wide);
        }
        else if (Avx2.IsSupported)
        {
            var wide = Vector256<int>.Zero;
            for (; at + Vector128<sbyte>.Count <= codes.Length; at += Vector128<sbyte>.Count)
            {
                var sixteen = Avx2.ConvertToVector256Int16(Vector128.Create(codes[at..]));
                wide += Avx2.MultiplyAddAdjacent(sixteen, Vector256.Create(query[at..]));
            }

            sum = Vector256.Sum(wide);
        }
        else
        {
            sum = DotPortable(codes, query, ref at);
        }

        for (; at < codes.Length; at++)
        {
            sum += codes[at] * query[at];
        }

        return sum;
    }

    internal static int DotPortable(ReadOnlySpan<sbyte> codes, ReadOnlySpan<short> query, ref int at)
    {
        var wide = Vector<int>.Zero;
        for (; at + Vector<sbyte>.Count <= codes.Length; at += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(codes[at..]), out var low, out var high);
            Vector.Widen(low * new Vector<short>(query[at..]), out var a, out var b);
            Vector.Widen(high * new Vector<short>(query[(at + Vector<short>.Count)..]), out var c, out var d);
            wide += a + b + c + d;
        }

        return Vector.Sum(wide);
    }
}

/// <summary>A question's embedding in whole numbers.</summary>
internal sealed class QuantizedQuery
{
    private QuantizedQuery(short[] codes, float scale, float error) => (Codes, Scale, Error) = (codes, scale, error);

    public short[] Codes { get; }

    public float Scale { get; }

    public float Error { get; }

    public static QuantizedQuery Of(ReadOnlySpan<float> embedding)
    {
        Span<sbyte> bytes = embedding.Length <= 1_024 ? stackalloc sbyte[embedding.Length] : new sbyte[embedding.Length];
        var (scale, error) = QuantizedVectors.Quantize(embedding, bytes);
        var codes = new short[embedding.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = bytes[i];
        }

        return new(codes, scale, error);
    }
}
