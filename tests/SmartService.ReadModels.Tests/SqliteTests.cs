namespace SmartService.ReadModels.Tests;

#pragma warning disable SA1402 // The suite, run over SQLite.
public sealed class DirectoryTests : DirectoryContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => ReadModelFixture.OpenAsync(journal, time);
}

public sealed class InsightsTests : InsightsContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => ReadModelFixture.OpenAsync(journal, time);
}

public sealed class PopupOutcomesTests : PopupOutcomesContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => ReadModelFixture.OpenAsync(journal, time);
}

public sealed class QuestionLogTests : QuestionLogContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => ReadModelFixture.OpenAsync(journal, time);
}

public sealed class RebuildTests : RebuildContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => ReadModelFixture.OpenAsync(journal, time);
}
#pragma warning restore SA1402
