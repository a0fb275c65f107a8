using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SmartService.Intent.Training;

/// <summary>Adam for one dense array: Kingma and Ba, <i>Adam: A Method for Stochastic Optimization</i> (2015).</summary>
internal sealed class Adam(float[] parameters)
{
    private const float First = 0.9f;
    private const float Second = 0.999f;
    private const float Epsilon = 1e-8f;
    private readonly float[] _mean = new float[parameters.Length];
    private readonly float[] _square = new float[parameters.Length];

    /// <summary>Sum of gradients since the last step.</summary>
    public float[] Gradient { get; } = new float[parameters.Length];

    /// <param name="time">Number of this step, from 1.</param>
    /// <param name="scale">Factor on the gradient: one over the batch size.</param>
    public void Step(int time, float step, float scale)
    {
        var rate = step * (float)(Math.Sqrt(1 - Math.Pow(Second, time)) / (1 - Math.Pow(First, time)));
        ref var p = ref MemoryMarshal.GetArrayDataReference(parameters);
        ref var g = ref MemoryMarshal.GetArrayDataReference(Gradient);
        ref var m = ref MemoryMarshal.GetArrayDataReference(_mean);
        ref var s = ref MemoryMarshal.GetArrayDataReference(_square);
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            // Each number is on its own here, so wider vectors give the same bits.
            for (; i <= parameters.Length - 16; i += 16)
            {
                var at = (nuint)i;
                var gradient = Vector512.LoadUnsafe(ref g, at) * scale;
                var mean = (Vector512.LoadUnsafe(ref m, at) * First) + (gradient * (1 - First));
                var square = (Vector512.LoadUnsafe(ref s, at) * Second) + (gradient * gradient * (1 - Second));
                mean.StoreUnsafe(ref m, at);
                square.StoreUnsafe(ref s, at);
                (Vector512.LoadUnsafe(ref p, at) - (mean * rate / (Vector512.Sqrt(square) + Vector512.Create(Epsilon)))).StoreUnsafe(ref p, at);
            }
        }

        for (; i <= parameters.Length - 8; i += 8)
        {
            var at = (nuint)i;
            var gradient = Vector256.LoadUnsafe(ref g, at) * scale;
            var mean = (Vector256.LoadUnsafe(ref m, at) * First) + (gradient * (1 - First));
            var square = (Vector256.LoadUnsafe(ref s, at) * Second) + (gradient * gradient * (1 - Second));
            mean.StoreUnsafe(ref m, at);
            square.StoreUnsafe(ref s, at);
            (Vector256.LoadUnsafe(ref p, at) - (mean * rate / (Vector256.Sqrt(square) + Vector256.Create(Epsilon)))).StoreUnsafe(ref p, at);
        }

        for (; i < parameters.Length; i++)
        {
            var gradient = Gradient[i] * scale;
            _mean[i] = (_mean[i] * First) + (gradient * (1 - First));
            _square[i] = (_square[i] * Second) + (gradient * gradient * (1 - Second));
            parameters[i] -= _mean[i] * rate / (MathF.Sqrt(_square[i]) + Epsilon);
        }

        Array.Clear(Gradient);
    }
}
