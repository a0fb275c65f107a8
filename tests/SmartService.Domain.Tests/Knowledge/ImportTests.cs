using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using SmartService.Domain.Knowledge;
using Xunit;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Knowledge.Qna;

namespace SmartService.Domain.Tests.Knowledge;

public sealed class ImportTests
{
    private static readonly ImportedItem A = new(new("a"), Content("A."));
    private static readonly ImportedItem B = new(new("b"), Content("B."));

    private static readonly Gen<ImmutableArray<ImportedItem>> Files =
        from ids in Gen.Choose(0, 40).ListOf()
        from answer in Gen.Elements("30 days.", "{order.number} comes {parcel.eta}.", "네, 됩니다.")
        select ids.Distinct().Select(i => new ImportedItem(new($"q-{i}"), Content($"{answer} {i}"))).ToImmutableArray();

    [Fact]
    public void Import_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(new Import([A, B], "kim", Noon));

    [Fact]
    public void Import_OneBadItem_ChangesNothingAtAll() => Given()
        .When(new Import([A, B with { Content = Content("") }], "kim", Noon))
        .ThenRefused(KnowledgeRefusal.BadContent);

    [Fact]
    public void Import_SameIdTwice_IsRefused() => Given()
        .When(new Import([A, A with { Content = Content("Other.") }], "kim", Noon))
        .ThenRefused(KnowledgeRefusal.BadContent);

    [Fact]
    public void Import_OneChanged_WritesThatOne() => Given()
        .When(new Import([A, B], "kim", Noon))
        .When(new Import([A, B with { Content = Content("B2.") }], "kim", Noon))
        .Then(new KnowledgeEvent.ItemSaved(new("b"), 2, Content("B2."), "kim", null, Noon));

    [Fact]
    public void Import_50001Items_IsRefused()
    {
        var items = Enumerable.Range(0, KnowledgeState.MaxItems).Select(i => new ImportedItem(new($"q{i}"), A.Content)).ToImmutableArray();
        Given()
            .When(new Import(items.Add(A), "kim", Noon)).ThenRefused(KnowledgeRefusal.TooManyItems)
            .When(new Import(items, "kim", Noon)).ThenState(s => s.Items.Count.ShouldBe(KnowledgeState.MaxItems))
            .When(Save()).ThenRefused(KnowledgeRefusal.TooManyItems);
    }

    [Fact]
    public void Export_OfAnImport_ImportsWithoutChange() => Properties.Holds(Files, file =>
    {
        var store = Given().When(new Import(file, "kim", Noon));
        var exported = KnowledgeExport.From(store.State);
        Facts.Of(exported).ShouldBe(Facts.Of(file.OrderBy(i => i.Id.Value, StringComparer.Ordinal).ToImmutableArray()));
        store.When(new Import(exported, "kim", Noon)).ThenNothing();
        var copy = Given().When(new Import(exported, "kim", Noon));
        Facts.Of(KnowledgeExport.From(copy.State)).ShouldBe(Facts.Of(exported));
    });

    [Fact]
    public void Export_RetiredItem_IsLeftOut() =>
        KnowledgeExport.From(GivenItem().When(new RetireItem(Returns, "kim", Noon)).State).ShouldBeEmpty();
}
