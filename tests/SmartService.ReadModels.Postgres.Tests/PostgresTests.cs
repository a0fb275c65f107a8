namespace SmartService.ReadModels.Postgres.Tests;

#pragma warning disable SA1402 // The suite, run over PostgreSQL.
public sealed class DirectoryTests : DirectoryContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => PostgresFixture.OpenAsync(journal, time);
}

public sealed class InsightsTests : InsightsContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => PostgresFixture.OpenAsync(journal, time);
}

public sealed class PopupOutcomesTests : PopupOutcomesContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => PostgresFixture.OpenAsync(journal, time);
}

public sealed class QuestionLogTests : QuestionLogContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => PostgresFixture.OpenAsync(journal, time);
}

public sealed class RebuildTests : RebuildContract
{
    protected override Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null) => PostgresFixture.OpenAsync(journal, time);
}
#pragma warning restore SA1402
