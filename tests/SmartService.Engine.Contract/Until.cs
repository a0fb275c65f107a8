namespace SmartService.Engine.Contract;

/// <summary>Waits for what comes from elsewhere and tells nobody here.</summary>
public static class Until
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(10);
        }
    }
}
