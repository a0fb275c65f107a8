using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

internal static class Cursors
{
    /// <summary>A cursor that was not made here is the caller's fault, and said so.</summary>
    public static async Task<Results<Ok<T>, Problem>> GuardAsync<T>(string? cursor, Func<Task<T>> read)
    {
        try
        {
            return TypedResults.Ok(await read());
        }
        catch (Exception e) when (cursor is not null && e is ArgumentException or FormatException)
        {
            return Problems.Invalid("The cursor was not made by this list.", new Fault("cursor", "take it from \"next\" of the page before"));
        }
    }
}
