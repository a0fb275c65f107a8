namespace SmartService.ReadModels.Contract;

/// <summary>What read models do, wherever their tables lie.</summary>
public abstract class ReadModelContract
{
    /// <summary>Read models with empty tables of their own.</summary>
    protected abstract Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time = null);

    /// <summary>Read models that have seen all of the journal.</summary>
    protected async Task<ReadModelsUnderTest> FollowingAsync(ShopJournal journal)
    {
        var models = await OpenAsync(journal);
        await models.FollowAsync();
        return models;
    }

    /// <summary>Says which rows differ, not all there are.</summary>
    public static void SameRows(string rows, string expected)
    {
        var (all, wanted) = (rows.Split('\n'), expected.Split('\n'));
        (string.Join('\n', all.Except(wanted)), string.Join('\n', wanted.Except(all))).ShouldBe(("", ""));
        all.ShouldBe(wanted);
    }
}
