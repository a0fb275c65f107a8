using SmartService.Intent.Onnx;
using SmartService.Intent.Training;

namespace SmartService.Intent;

/// <summary>What the command line's verbs of this project share.</summary>
internal static class Verb
{
    public const int Done = 0;
    public const int Faulty = 1;

    /// <summary>Runs a verb; what the input is at fault for is said in its own words.</summary>
    /// <returns>The exit code: 0 done, 1 the input is at fault.</returns>
    public static async Task<int> GuardAsync(TextWriter error, Func<Task> verb)
    {
        try
        {
            await verb();
            return Done;
        }
        catch (Exception e) when (e is TrainingFileException or IntentModelException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return Faulty;
        }
    }
}
