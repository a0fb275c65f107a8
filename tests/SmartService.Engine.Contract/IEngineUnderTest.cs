using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Contract;

/// <summary>One running engine over one store.</summary>
public interface IEngineUnderTest : IAsyncDisposable
{
    IEntities<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal> Ledgers { get; }

    ICustomers Customers { get; }

    IConversations Conversations { get; }

    IJournal Journal { get; }

    IFeeds Feeds { get; }

    ICheckpoints Checkpoints { get; }

    IScheduler Scheduler { get; }

    T Get<T>()
        where T : notnull;

    /// <summary>Makes every entity leave memory that can.</summary>
    Task PassivateAllAsync();
}
