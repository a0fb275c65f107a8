using Shouldly;
using SmartService.Domain.Knowledge;
using Xunit;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Knowledge.Qna;

namespace SmartService.Domain.Tests.Knowledge;

public sealed class ItemTests
{
    [Fact]
    public void SaveItem_New_IsVersionOne() => Given()
        .When(Save())
        .Then(new KnowledgeEvent.ItemSaved(Returns, 1, Content(), "kim", null, Noon));

    [Fact]
    public void SaveItem_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(Save());

    [Fact]
    public void SaveItem_OtherAnswer_IsTheNextVersion() => GivenItem()
        .When(Save("60 days.", expected: 1))
        .ThenState(s => s.Items["returns"].Live.Version.ShouldBe(2))
        .ThenState(s => s.LiveAnswer("returns").ShouldBe("60 days."));

    [Fact]
    public void SaveItem_SomebodyWasFaster_IsRefused() => GivenItem()
        .When(Save("60 days.", expected: 1))
        .When(Save("90 days.", expected: 1))
        .ThenRefused(KnowledgeRefusal.VersionConflict);

    [Fact]
    public void SaveItem_NewButItExists_IsRefused() => GivenItem()
        .When(Save("60 days.", expected: 0))
        .ThenRefused(KnowledgeRefusal.VersionConflict);

    [Fact]
    public void SaveItem_ChangeOfAnUnknownItem_IsRefused() => Given()
        .When(Save(expected: 3))
        .ThenRefused(KnowledgeRefusal.ItemNotFound);

    [Fact]
    public void SaveItem_UnknownPlaceholder_IsRefused() => Given()
        .When(Save("It comes {parcel.soon}."))
        .ThenRefused(KnowledgeRefusal.BadContent);

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData(null)]
    public void SaveItem_BadId_IsRefused(string? id) => Given().When(Save(id: id!)).ThenRefused(KnowledgeRefusal.BadContent);

    [Fact]
    public void SaveItem_30Versions_KeepsTwenty()
    {
        var qna = Given();
        for (var i = 1; i <= 30; i++)
        {
            qna.When(Save($"{i} days."));
        }

        qna.State.Items["returns"].Versions.Select(v => v.Version).ShouldBe(Enumerable.Range(11, 20));
    }

    [Fact]
    public void RetireItem_Twice_ChangesNothing() => GivenItem().ThenTwiceIsOnce(new RetireItem(Returns, "kim", Noon));

    [Fact]
    public void RetireItem_Unknown_IsRefused() => Given()
        .When(new RetireItem(Returns, "kim", Noon))
        .ThenRefused(KnowledgeRefusal.ItemNotFound);

    [Fact]
    public void SaveItem_RetiredWithTheSameContent_ComesBack() => GivenItem()
        .When(new RetireItem(Returns, "kim", Noon))
        .When(Save())
        .ThenState(s => s.Items["returns"].Live.ShouldSatisfyAllConditions(
            live => live.Retired.ShouldBeFalse(), live => live.Version.ShouldBe(3)));

    [Fact]
    public void NoteFeedback_Twice_ChangesNothing() => GivenItem().ThenTwiceIsOnce(new NoteFeedback("o1", Returns, false, Noon));

    [Fact]
    public void NoteFeedback_Unknown_IsRefused() => Given()
        .When(new NoteFeedback("o1", Returns, false, Noon))
        .ThenRefused(KnowledgeRefusal.ItemNotFound);

    [Fact]
    public void NoteFeedback_GoodAndBad_NeverUnderZero() => GivenItem()
        .When(new NoteFeedback("o1", Returns, true, Noon))
        .ThenState(s => s.Downvotes.ShouldBeEmpty())
        .When(new NoteFeedback("o2", Returns, false, Noon))
        .When(new NoteFeedback("o3", Returns, false, Noon))
        .ThenState(s => s.Downvotes["returns"].ShouldBe(2))
        .When(new NoteFeedback("o4", Returns, true, Noon))
        .ThenState(s => s.Downvotes["returns"].ShouldBe(1));

    [Fact]
    public void SaveItem_NewVersion_StartsWithoutDownvotes() => GivenItem()
        .When(new NoteFeedback("o1", Returns, false, Noon))
        .When(Save("60 days."))
        .ThenState(s => s.Downvotes.ShouldBeEmpty());

    [Fact]
    public void Replay_VersionLeftOut_IsCorrupt() => Should.Throw<CorruptHistoryException>(
        () => Given(new KnowledgeEvent.ItemSaved(Returns, 2, Content(), "kim", null, Noon)));
}
