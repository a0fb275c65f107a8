using Microsoft.ML.OnnxRuntime;
using SmartService.Intent.Onnx;

namespace SmartService.Intent;

/// <summary>The dense layers for up to <see cref="Most"/> messages: pinned arrays, bound to the session once for each number of messages.</summary>
internal sealed class DenseRun : IDisposable
{
    public const int Most = 64;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly Bound?[] _bound = new Bound?[Most + 1];
    private readonly int _size;
    private readonly int _labels;

    public DenseRun(InferenceSession session, int size, int labels)
    {
        (_session, _size, _labels) = (session, size, labels);
        Active = GC.AllocateArray<float>(Most * size, pinned: true);
        Margins = GC.AllocateArray<float>(Most * labels, pinned: true);
        Logits = GC.AllocateArray<float>(Most * labels, pinned: true);
    }

    /// <summary>What the networks see, message after message.</summary>
    public float[] Active { get; }

    /// <summary>Scores of the linear head, message after message.</summary>
    public float[] Margins { get; }

    /// <summary>Filled by <see cref="Run"/>.</summary>
    public float[] Logits { get; }

    /// <exception cref="OnnxRuntimeException">The runtime failed, or <see cref="Stop"/> was called.</exception>
    public void Run(int messages)
    {
        var bound = _bound[messages] ??= new(this, messages);
        _session.RunWithBinding(_options, bound.Binding);
    }

    /// <summary>Makes a run under way fail at its next operation. Thread-safe.</summary>
    public void Stop() => _options.Terminate = true;

    public void Dispose()
    {
        foreach (var bound in _bound)
        {
            bound?.Dispose();
        }

        _options.Dispose();
    }

    private sealed class Bound : IDisposable
    {
        private readonly OrtValue[] _values;

        public Bound(DenseRun run, int messages)
        {
            _values =
            [
                OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, run.Active.AsMemory(0, messages * run._size), [messages, run._size]),
                OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, run.Margins.AsMemory(0, messages * run._labels), [messages, run._labels]),
                OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, run.Logits.AsMemory(0, messages * run._labels), [messages, run._labels]),
            ];
            Binding = run._session.CreateIoBinding();
            Binding.BindInput(DenseGraph.Active, _values[0]);
            Binding.BindInput(DenseGraph.Margins, _values[1]);
            Binding.BindOutput(DenseGraph.Logits, _values[2]);
        }

        public OrtIoBinding Binding { get; }

        public void Dispose()
        {
            Binding.Dispose();
            foreach (var value in _values)
            {
                value.Dispose();
            }
        }
    }
}
