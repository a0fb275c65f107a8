using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SmartService.Intent.Training;

/// <summary>Vector arithmetic that gives the same bits on every machine: sums in eight lanes always, no fused multiply-add.</summary>
/// <remarks>System.Numerics.Tensors takes the widest vectors there are, so its sums differ between machines; a model must not.</remarks>
internal static class Vec
{
    private const int Lanes = 8;

    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, y.Length);
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y);
        var first = Vector256<float>.Zero;
        var second = Vector256<float>.Zero;
        var i = 0;
        for (; i <= x.Length - (2 * Lanes); i += 2 * Lanes)
        {
            first += Load(ref a, i) * Load(ref b, i);
            second += Load(ref a, i + Lanes) * Load(ref b, i + Lanes);
        }

        var sum = Vector256.Sum(first + second);
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>y += scale · x.</summary>
    public static void AddScaled(ReadOnlySpan<float> x, float scale, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, y.Length);
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y);
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            // Each number is on its own here, so wider vectors give the same bits.
            var wide = Vector512.Create(scale);
            for (; i <= x.Length - (2 * Lanes); i += 2 * Lanes)
            {
                (Vector512.LoadUnsafe(ref b, (nuint)i) + (Vector512.LoadUnsafe(ref a, (nuint)i) * wide)).StoreUnsafe(ref b, (nuint)i);
            }
        }

        var factor = Vector256.Create(scale);
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            (Load(ref b, i) + (Load(ref a, i) * factor)).StoreUnsafe(ref b, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            y[i] += x[i] * scale;
        }
    }

    /// <summary>Replaces logits by probabilities; the largest is subtracted first so that nothing overflows.</summary>
    /// <returns>Log of the sum of the exponentials of the logits.</returns>
    public static float Softmax(Span<float> logits)
    {
        var top = float.NegativeInfinity;
        foreach (var z in logits)
        {
            top = MathF.Max(top, z);
        }

        var sum = 0f;
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = MathF.Exp(logits[i] - top);
            sum += logits[i];
        }

        var scale = 1 / sum;
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] *= scale;
        }

        return top + MathF.Log(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float start, int index) => Vector256.LoadUnsafe(ref start, (nuint)index);
}
