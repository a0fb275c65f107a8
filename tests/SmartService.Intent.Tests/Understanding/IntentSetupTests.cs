using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartService.Engine.Understanding;

namespace SmartService.Intent.Tests.Understanding;

public sealed class IntentSetupTests
{
    [Fact]
    public void AddIntent_Defaults_GivesBothPorts()
    {
        using var services = new ServiceCollection().AddIntent().BuildServiceProvider();
        services.GetRequiredService<IUnderstanding>().ModelName.ShouldStartWith("intents@");
        services.GetRequiredService<IQuestionPredictor>().ShouldNotBeNull();
    }

    [Fact]
    public void AddIntent_FaultySettings_AreAllNamedWithTheirPath()
    {
        using var services = new ServiceCollection()
            .AddIntent(o => (o.ModelPath, o.PredictorPath, o.KeptContexts) = ("gone.onnx", "", 0)).BuildServiceProvider();
        var fault = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IUnderstanding>());
        fault.Failures.Count().ShouldBe(3);
        fault.Message.ShouldContain("SmartService:Intent:ModelPath");
        fault.Message.ShouldContain("SmartService:Intent:KeptContexts");
    }
}
