namespace SmartService.Intent.Onnx;

/// <summary>Element types, by their number in the ONNX format (TensorProto.DataType).</summary>
internal enum OnnxType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Float16 = 10,
}
