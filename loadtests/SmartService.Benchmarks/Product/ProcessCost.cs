using System.Diagnostics;

namespace SmartService.Benchmarks.Product;

/// <summary>What a process has cost so far.</summary>
/// <param name="ResidentBytes">Its memory now.</param>
internal readonly record struct ProcessCost(double CpuSeconds, long ResidentBytes)
{
    public static ProcessCost Of(Process process)
    {
        process.Refresh();
        return new(process.TotalProcessorTime.TotalSeconds, process.WorkingSet64);
    }
}
