using System.Runtime.InteropServices;
using System.Text;

namespace SmartService.Intent.Onnx;

/// <summary>
/// Keeps ONNX Runtime from reporting about this machine. Its released builds write a device id and usage events to
/// ~/.cache/Microsoft/DeveloperTools and send them to their maker unless ORT_DISABLE_TELEMETRY is set before the library is
/// loaded. Nothing of a merchant's machine leaves it, so it is set here for every program that uses a model.
/// </summary>
internal static class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Call before the library's first use.</summary>
    public static void SwitchOff()
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            // The base library keeps an environment of its own there, which native code does not see.
            _ = SetNative([.. Encoding.ASCII.GetBytes(Variable), 0], "1\0"u8.ToArray(), 1);
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetNative(byte[] name, byte[] value, int overwrite);
}
