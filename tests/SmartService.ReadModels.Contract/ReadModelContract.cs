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
}
