using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SmartService.Engine.Following;

public static class FollowerServices
{
    /// <summary>Adds the followers' settings, checked at start.</summary>
    public static IServiceCollection AddFollowerOptions(this IServiceCollection services)
    {
        services.AddOptions<FollowerOptions>().ValidateOnStart();
        return services.AddSingleton<IValidateOptions<FollowerOptions>, FollowerOptionsValidator>();
    }
}
