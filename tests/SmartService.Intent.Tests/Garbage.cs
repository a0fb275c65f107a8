namespace SmartService.Intent.Tests;

/// <summary>What a call leaves to the collector.</summary>
internal static class Garbage
{
    private const int Calls = 50;
    private const int Rounds = 2_000;

    /// <summary>
    /// Whatever <paramref name="call"/> allocates each time on this thread, at most so many bytes a call. The runtime compiles what is called often anew in the background (only then boxes disappear),
    /// and once in a while allocates for itself. So there are many rounds, of which one must be within: a call that truly makes garbage makes it in all of them.
    /// </summary>
    public static void ShouldBeAtMost(int bytes, Action call)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > bytes * Calls; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
            {
                call();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        (least / (double)Calls).ShouldBeLessThanOrEqualTo(bytes, "bytes a call");
    }
}
