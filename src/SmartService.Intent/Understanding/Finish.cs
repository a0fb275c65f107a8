using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SmartService.Intent.Onnx;
using SmartService.Intent.Training;

namespace SmartService.Intent;

/// <summary>What follows the dense layers: probabilities, out-of-scope score, embedding. A few hundred numbers, so no session is asked.</summary>
internal static class Finish
{
    private const int Lanes = 8;

    /// <summary>Fills <paramref name="probabilities"/> by the softmax of logits; the largest is subtracted first.</summary>
    /// <returns>Sum of the exponentials after that.</returns>
    public static float Softmax(ReadOnlySpan<float> logits, float top, Span<float> probabilities)
    {
        ref var from = ref MemoryMarshal.GetReference(logits);
        ref var to = ref MemoryMarshal.GetReference(probabilities);
        var shift = Vector256.Create(top);
        var sums = Vector256<float>.Zero;
        var i = 0;
        for (; i <= logits.Length - Lanes; i += Lanes)
        {
            var value = Vector256.Exp(Vector256.LoadUnsafe(ref from, (nuint)i) - shift);
            value.StoreUnsafe(ref to, (nuint)i);
            sums += value;
        }

        var sum = Vector256.Sum(sums);
        for (; i < logits.Length; i++)
        {
            probabilities[i] = MathF.Exp(logits[i] - top);
            sum += probabilities[i];
        }

        Scale(probabilities, 1 / sum);
        return sum;
    }

    public static float Max(ReadOnlySpan<float> values)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        var top = values[0];
        var i = 0;
        if (values.Length >= Lanes)
        {
            var tops = Vector256.LoadUnsafe(ref from);
            for (i = Lanes; i <= values.Length - Lanes; i += Lanes)
            {
                tops = Vector256.Max(tops, Vector256.LoadUnsafe(ref from, (nuint)i));
            }

            for (var lane = 0; lane < Lanes; lane++)
            {
                top = MathF.Max(top, tops[lane]);
            }
        }

        for (; i < values.Length; i++)
        {
            top = MathF.Max(top, values[i]);
        }

        return top;
    }

    /// <summary>Same evidence as <see cref="ScopeEvidence.Measure"/>, from what the softmax knows already.</summary>
    /// <param name="top">Largest logit.</param>
    /// <param name="sum">Sum of exponentials of the logits less <paramref name="top"/>.</param>
    public static float OutOfScope(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, bool hasOutOfScope, float top, float sum, float known, ScopeWeights scope)
    {
        var odds = 0f;
        var energy = top + MathF.Log(sum);
        var best = Max(probabilities);
        if (hasOutOfScope)
        {
            var within = logits[..^1];
            var topWithin = Max(within);
            best = Max(probabilities[..^1]);
            // Where nearly all lies on out_of_scope, subtracting it would leave nothing of the sum: add up what is left.
            energy = probabilities[^1] < 0.5f ? energy + MathF.Log(1 - probabilities[^1]) : topWithin + MathF.Log(SumOfExponentials(within, topWithin));
            odds = Math.Clamp(logits[^1] - energy, -ScopeEvidence.OddsLimit, ScopeEvidence.OddsLimit);
        }

        var weights = scope.Weights;
        var score = (weights[0] * odds) + (weights[1] * energy) + (weights[2] * best) + (weights[3] * known) + scope.Bias;
        return 1 / (1 + MathF.Exp(-score));
    }

    /// <summary>Gives the vector length 1; a zero vector stays one.</summary>
    public static void Normalize(Span<float> vector) =>
        Scale(vector, 1 / MathF.Max(MathF.Sqrt(Vec.Dot(vector, vector)), IntentModelFile.LeastNorm));

    /// <summary>Copies what is above zero.</summary>
    public static void Relu(ReadOnlySpan<float> from, Span<float> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var i = 0;
        for (; i <= to.Length - Lanes; i += Lanes)
        {
            Vector256.Max(Vector256.LoadUnsafe(ref source, (nuint)i), Vector256<float>.Zero).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < to.Length; i++)
        {
            to[i] = MathF.Max(0, from[i]);
        }
    }

    private static float SumOfExponentials(ReadOnlySpan<float> logits, float top)
    {
        var sum = 0f;
        foreach (var logit in logits)
        {
            sum += MathF.Exp(logit - top);
        }

        return sum;
    }

    private static void Scale(Span<float> values, float factor)
    {
        ref var start = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            (Vector256.LoadUnsafe(ref start, (nuint)i) * factor).StoreUnsafe(ref start, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
