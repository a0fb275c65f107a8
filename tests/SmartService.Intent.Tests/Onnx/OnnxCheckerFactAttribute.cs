using System.Diagnostics;

namespace SmartService.Intent.Tests.Onnx;

/// <summary>A test that needs Debian's python3-onnx; without it the test is reported as skipped, with the reason.</summary>
internal sealed class OnnxCheckerFactAttribute : FactAttribute
{
    /// <summary>Debian's own Python: the package serves no other.</summary>
    public const string Python = "/usr/bin/python3";
    private static readonly bool IsInstalled = HasOnnx();

    public OnnxCheckerFactAttribute() =>
        Skip = IsInstalled ? null : "Debian's python3-onnx is not installed; './smart test' installs it where it can.";

    private static bool HasOnnx()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var python = Process.Start(new ProcessStartInfo(Python, ["-c", "import onnx"]) { RedirectStandardError = true })!;
        python.StandardError.ReadToEnd();
        python.WaitForExit();
        return python.ExitCode == 0;
    }
}
