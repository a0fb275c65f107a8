using Microsoft.EntityFrameworkCore;

namespace SmartService.ReadModels.Queries;

/// <summary>Contexts to read with. The tables are there from the first one on.</summary>
internal sealed class ReadModelReader(IDbContextFactory<ReadModelContext> contexts, ReadModelProcess process)
{
    private volatile bool _isOpen;

    public async ValueTask<ReadModelContext> OpenAsync(CancellationToken ct)
    {
        if (!_isOpen)
        {
            process.EnsureOpen();
            _isOpen = true;
        }

        var context = await contexts.CreateDbContextAsync(ct);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
