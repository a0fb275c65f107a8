using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SmartService.Intent.Features;

/// <summary>Asks for a feature's row as soon as it is known to be needed: rows lie anywhere in megabytes. By default asks for nothing.</summary>
internal readonly unsafe struct RowsAhead(byte* rows, int rowBytes)
{
    /// <summary>Only a hint: it takes nothing and may miss the table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int row)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(rows + ((nint)row * rowBytes));
        }
    }
}
