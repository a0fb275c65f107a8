using Orleans.Concurrency;
using Orleans.Placement;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Contract.Ledgers;

namespace SmartService.Engine.Cluster.Tests;

public interface ILedgerGrain : IEntityGrain;

/// <summary>The suite's entity on a silo, as the product's are.</summary>
[Reentrant]
[PreferLocalPlacement]
[GrainType("ledger")]
internal sealed class LedgerGrain(IServiceProvider services)
    : EntityGrain<LedgerDecider, LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>(services), ILedgerGrain;
