using SmartService.Intent.Features;

namespace SmartService.Intent.Tests.Features;

public sealed class NonCharacterTests
{
    [Theory]
    [InlineData("where\uFFFE is my ÅRDER")]
    [InlineData("\uFFFE\uD800\uFFFFé")]
    public void Text_WithWhatIsNoCharacter_IsReadAllTheSame(string text)
    {
        var features = new FeatureExtraction(new FeatureSettings());
        Should.NotThrow(() => features.Extract(text));
        features.Buckets.Length.ShouldBeGreaterThan(0);
    }
}
