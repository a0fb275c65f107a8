using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Tests.Answers;

public sealed class PhrasesTests
{
    public static TheoryData<string> Languages { get; } = ["ko", "zh", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Labels_EveryShippedIntentHasOneOfItsOwn(string language)
    {
        var labels = Intents.Shipped.Where(intent => intent != Intents.OutOfScope).Select(intent => IntentLabels.Of(intent, language)).ToArray();

        labels.Length.ShouldBe(47);
        labels.ShouldAllBe(label => !string.IsNullOrWhiteSpace(label));
        labels.Distinct().Count().ShouldBe(47);
        IntentLabels.Known.Count().ShouldBe(47);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Phrases_EveryToneSaysEverything(string language)
    {
        foreach (var tone in Enum.GetValues<Tone>())
        {
            var said = BotPhraseBook.Of(tone, language);
            new[] { said.Clarify, said.HandOff, said.HandOffRequested, said.SaidBefore, said.Complaint }.Distinct().Count(text => text.Length > 5).ShouldBe(5);
            RuleAnswers.Of(Intents.BotIdentity, tone, "North", language).ShouldNotBeNull();
        }
    }
}
