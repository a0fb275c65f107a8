using SmartService.Assistance.Tests.World;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Tests.Answers;

/// <summary>However the model fails, words answer what they are sure of and a person gets the rest.</summary>
public sealed class FallbackTests
{
    public static TheoryData<string> Failures => ["not a number", "nonsense in the embedding", "crash", "time out", "cancelled inside"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Ask_ModelFails_WordsAnswer(string failure)
    {
        await using var store = await FailingAsync(failure);

        var result = await store.AskAsync("How much is the delivery fee?");

        result.Replies.ShouldHaveSingleItem().Text.ShouldBe("Delivery is $5.");
        store.Conversations.Handled.Select(handled => handled.Command).OfType<ConversationCommand.Ask>().Last().Reading.Model.ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Ask_ModelFailsAndWordsAreUnsure_GoesToAPerson(string failure)
    {
        await using var store = await FailingAsync(failure);

        var result = await store.AskAsync("do you wrap gifts");

        result.State.Mode.ShouldBe(ConversationMode.Human);
        result.Replies.ShouldHaveSingleItem().Reason.ShouldBe(HandOffReason.ModelFailed);
    }

    [Fact]
    public async Task Ask_ModelWorksAgain_IsUnderstoodAgain()
    {
        await using var store = await FailingAsync("crash");
        await store.AskAsync("How much is the delivery fee?");
        store.Understanding.Instead = null;

        await store.AskAsync("hello", clientId: "m-2");

        store.Conversations.Handled.Select(handled => handled.Command).OfType<ConversationCommand.Ask>().Last().Reading.Intent.ShouldBe(Intents.Greeting);
    }

    private static async Task<Store> FailingAsync(string failure)
    {
        var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is the delivery fee?", "Delivery is $5.");
        store.Get<AssistanceOptions>().UnderstandWithin = TimeSpan.FromMilliseconds(20);
        store.Understanding.Instead = failure switch
        {
            "not a number" => read => new(read with { Top = [new(Intents.OrderStatus, float.NaN)], OutOfScope = float.NaN }),
            "nonsense in the embedding" => read => new(read with { Embedding = [float.NaN, .. read.Embedding[1..]] }),
            "crash" => _ => throw new InvalidOperationException("native library gone"),
            "cancelled inside" => _ => throw new OperationCanceledException(),
            _ => _ => new(new TaskCompletionSource<MessageUnderstanding>().Task),
        };
        return store;
    }
}
