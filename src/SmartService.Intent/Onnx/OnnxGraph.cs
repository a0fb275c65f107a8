using System.Runtime.InteropServices;

namespace SmartService.Intent.Onnx;

/// <summary>Builds one ONNX graph, node after node, and writes it as a model of operator set 17.</summary>
/// <remarks>Field numbers: onnx/onnx.proto of the ONNX project, IR version 8.</remarks>
internal sealed class OnnxGraph(string name)
{
    public const int OperatorSet = 17;
    private const int IrVersion = 8;
    private readonly ProtoWriter _graph = new();
    private readonly ProtoWriter _inputs = new();
    private readonly ProtoWriter _outputs = new();
    private readonly List<(string Key, string Value)> _metadata = [];
    private int _names;

    /// <param name="shape">Dimensions; a name stands for one that varies.</param>
    public string Input(string input, OnnxType type, params object[] shape)
    {
        _inputs.Message(11, ValueInfo(input, type, shape));
        return input;
    }

    public void Output(string output, OnnxType type, params object[] shape) =>
        _outputs.Message(12, ValueInfo(output, type, shape));

    public string Constant<T>(OnnxType type, ReadOnlySpan<T> values, params int[] shape)
        where T : unmanaged => NamedConstant($"c{_names++}", type, values, shape);

    /// <summary>A constant that <see cref="OnnxFile"/> finds again by its name.</summary>
    public string NamedConstant<T>(string constant, OnnxType type, ReadOnlySpan<T> values, params int[] shape)
        where T : unmanaged
    {
        var tensor = new ProtoWriter();
        foreach (var dimension in shape)
        {
            tensor.Integer(1, dimension);
        }

        tensor.Integer(2, (int)type).Text(8, constant).Bytes(9, MemoryMarshal.AsBytes(values));
        _graph.Message(5, tensor);
        return constant;
    }

    public string Floats(ReadOnlySpan<float> values, params int[] shape) => Constant(OnnxType.Float, values, shape);

    public string NamedFloats(string constant, ReadOnlySpan<float> values, params int[] shape) =>
        NamedConstant(constant, OnnxType.Float, values, shape);

    public string Integers(params long[] values) => Constant<long>(OnnxType.Int64, values, values.Length);

    /// <returns>Name of the only output.</returns>
    public string Node(string operation, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes) =>
        Nodes(operation, inputs, 1, attributes)[0];

    public string[] Nodes(string operation, IReadOnlyList<string> inputs, int outputs, params (string Name, object Value)[] attributes) =>
        Named(operation, inputs, [.. Enumerable.Range(0, outputs).Select(_ => $"v{_names++}")], attributes);

    public string[] Named(string operation, IReadOnlyList<string> inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        foreach (var output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, $"{operation}_{outputs[0]}").Text(4, operation);
        foreach (var (key, value) in attributes)
        {
            node.Message(5, Attribute(key, value));
        }

        _graph.Message(1, node);
        return outputs;
    }

    public void Metadata(string key, string value) => _metadata.Add((key, value));

    public byte[] Write()
    {
        var model = new ProtoWriter();
        model.Integer(1, IrVersion).Text(2, "SmartService");
        _graph.Text(2, name);
        var graph = new byte[_graph.Written.Length + _inputs.Written.Length + _outputs.Written.Length];
        _graph.Written.CopyTo(graph);
        _inputs.Written.CopyTo(graph.AsSpan(_graph.Written.Length));
        _outputs.Written.CopyTo(graph.AsSpan(_graph.Written.Length + _inputs.Written.Length));
        model.Bytes(7, graph);
        model.Message(8, new ProtoWriter().Text(1, "").Integer(2, OperatorSet));
        foreach (var (key, value) in _metadata)
        {
            model.Message(14, new ProtoWriter().Text(1, key).Text(2, value));
        }

        return ModelSeal.Seal(model.Written);
    }

    private static ProtoWriter Attribute(string key, object value)
    {
        var attribute = new ProtoWriter().Text(1, key);
        return value switch
        {
            float real => attribute.Real(2, real).Integer(20, 1),
            int integer => attribute.Integer(3, integer).Integer(20, 2),
            int[] integers => integers.Aggregate(attribute, (a, i) => a.Integer(8, i)).Integer(20, 7),
            _ => throw new ArgumentException($"Attribute {key} has a type this writer does not know.", nameof(value)),
        };
    }

    private static ProtoWriter ValueInfo(string valueName, OnnxType type, object[] shape)
    {
        var dimensions = new ProtoWriter();
        foreach (var dimension in shape)
        {
            dimensions.Message(1, dimension is string symbol ? new ProtoWriter().Text(2, symbol) : new ProtoWriter().Integer(1, (int)dimension));
        }

        var tensor = new ProtoWriter().Integer(1, (int)type).Message(2, dimensions);
        return new ProtoWriter().Text(1, valueName).Message(2, new ProtoWriter().Message(1, tensor));
    }
}
