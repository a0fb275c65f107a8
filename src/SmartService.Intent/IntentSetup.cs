using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SmartService.Engine.Understanding;
using SmartService.Intent.Learning;
using SmartService.Intent.Prediction;

namespace SmartService.Intent;

public static class IntentSetup
{
    /// <summary>Adds <see cref="IUnderstanding"/> and <see cref="IQuestionPredictor"/>. The model files are opened and tried when the host starts.</summary>
    public static IServiceCollection AddIntent(this IServiceCollection services, Action<IntentOptions>? configure = null)
    {
        services.AddOptions<IntentOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntentOptions>, IntentOptionsValidation>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<IntentOptions>>().Value;
            return IntentScorer.Open(options.FullModelPath, options.KeptContexts, options.CallLimit);
        });
        services.AddSingleton(provider => new OnnxUnderstanding(
            provider.GetRequiredService<IntentScorer>(), provider.GetRequiredService<IOptions<IntentOptions>>().Value));
        services.AddSingleton<ITenantModels, TenantModels>();
        services.AddSingleton<IUnderstanding, TenantUnderstanding>();
        services.AddSingleton<IQuestionPredictor>(provider =>
            OnnxQuestionPredictor.Open(provider.GetRequiredService<IOptions<IntentOptions>>().Value.FullPredictorPath));
        services.AddHostedService<ModelStartup>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<ModelReload>();
        return services;
    }
}
