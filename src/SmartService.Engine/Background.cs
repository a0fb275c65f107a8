namespace SmartService.Engine;

/// <summary>How the engine's own loops run: on the thread pool, unless whoever starts them has a scheduler of its own, as a simulation has.</summary>
internal static class Background
{
    public const ConfigureAwaitOptions WithoutThrowing = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    public static Task Run(Func<Task> loop) =>
        Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();
}
