using Microsoft.ML.OnnxRuntime;

namespace SmartService.Intent;

/// <summary>Inputs and outputs of one shape, in pinned managed arrays that are bound to the session once.</summary>
internal sealed class BoundRun : IDisposable
{
    private readonly OrtValue[] _values;

    public BoundRun(InferenceSession session, int batch, int slots, int labels, int embeddingSize)
    {
        Rows = GC.AllocateArray<int>(batch * slots, pinned: true);
        Weights = GC.AllocateArray<float>(batch * slots, pinned: true);
        Probabilities = GC.AllocateArray<float>(batch * labels, pinned: true);
        OutOfScope = GC.AllocateArray<float>(batch, pinned: true);
        Embedding = GC.AllocateArray<float>(batch * embeddingSize, pinned: true);
        _values =
        [
            OrtValue.CreateTensorValueFromMemory(Rows, [batch, slots]),
            OrtValue.CreateTensorValueFromMemory(Weights, [batch, slots]),
            OrtValue.CreateTensorValueFromMemory(Probabilities, [batch, labels]),
            OrtValue.CreateTensorValueFromMemory(OutOfScope, [batch, 1]),
            OrtValue.CreateTensorValueFromMemory(Embedding, [batch, embeddingSize]),
        ];
        Binding = session.CreateIoBinding();
        Binding.BindInput("rows", _values[0]);
        Binding.BindInput("weights", _values[1]);
        Binding.BindOutput("probabilities", _values[2]);
        Binding.BindOutput("out_of_scope", _values[3]);
        Binding.BindOutput("embedding", _values[4]);
    }

    public OrtIoBinding Binding { get; }

    public int[] Rows { get; }

    public float[] Weights { get; }

    public float[] Probabilities { get; }

    public float[] OutOfScope { get; }

    public float[] Embedding { get; }

    public void Dispose()
    {
        Binding.Dispose();
        foreach (var value in _values)
        {
            value.Dispose();
        }
    }
}
