using SmartService.Assistance.Answers;
using SmartService.Assistance.Tests.World;
using SmartService.Domain.Conversations;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Tests.Answers;

public sealed class VocabularyTests
{
    [Theory]
    [InlineData("en", "how much is the porto", "porto", "delivery fee")]
    [InlineData("ko", "택비 얼마예요?", "택비", "배송비")]
    [InlineData("zh", "邮资多少？", "邮资", "运费")]
    public async Task Ask_ByASynonym_IsAnsweredOnceTheStoreHasIt(string locale, string question, string word, string known)
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is the delivery fee?", "Delivery is $5.");
        await store.SaveAsync("fee-ko", "delivery.fee", "배송비는 얼마인가요?", "배송비는 3,000원입니다.", "ko");
        await store.SaveAsync("fee-zh", "delivery.fee", "运费是多少？", "运费10元。", "zh");
        (await store.AskAsync(question, locale)).Replies.ShouldHaveSingleItem().Author.ShouldNotBe(MessageAuthor.Bot);

        await SetAsync(store, new([new([known, word])], []));

        (await store.AskAsync(question, locale, conversation: "c-2")).Replies.ShouldHaveSingleItem().Source!.Id.ShouldBe("fee-" + locale);
    }

    [Fact]
    public async Task Ask_ByASynonym_WorksByWordsAloneToo()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is the delivery fee?", "Delivery is $5.");
        await SetAsync(store, new([new(["delivery fee", "porto"])], []));
        store.Understanding.Fails = true;

        (await store.AskAsync("how much is the porto?")).Replies.ShouldHaveSingleItem().Source!.Id.ShouldBe("fee-en");
    }

    [Theory]
    [InlineData("where is my parcel with the down bag")]
    [InlineData("where is my parcel with the Schlafsack")]
    [InlineData("제 침낭 어디쯤 왔어요?")]
    [InlineData("我的睡袋到哪了？")]
    public async Task Ask_ByAProductsName_TakesTheOrderThatHasIt(string text)
    {
        await using var store = await Store.OpenAsync();
        await store.OrderAsync("NP-10001", Store.Noon.AddDays(3), Store.Noon.AddDays(3), product: "bag-1");
        await store.LateParcelAsync(); // What would be chosen if no product were named.
        await SetAsync(store, new([], [new("bag-1", ["down bag", "Schlafsack", "침낭", "睡袋"])]));

        var reply = (await store.AskAsync(text)).Replies.ShouldHaveSingleItem();

        reply.Source!.Id.ShouldBe("NP-10001");
    }

    [Theory]
    [InlineData("my cats", "cat", true)]
    [InlineData("concatenate", "cat", false)]
    [InlineData("텐트가 왔어요", "텐트", true)]
    [InlineData("我的帐篷呢", "帐篷", true)]
    public void Holds_Word_EndsWhereTheWordEnds(string text, string word, bool holds) => TenantWords.Holds(text, word).ShouldBe(holds);

    private static async Task SetAsync(Store store, Vocabulary vocabulary) =>
        (await store.Knowledge.HandleAsync(Store.KnowledgeKey, new KnowledgeCommand.SetVocabulary(vocabulary, "mia", Store.Noon), default)).Refusal.ShouldBeNull();
}
