using SmartService.Engine.Contract;

namespace SmartService.Engine.Cluster.Tests;

#pragma warning disable SA1402 // The suite, run over the cluster engine.
public sealed class ClusterEntityTests() : EntityContract(new TestStore());

public sealed class ClusterJournalTests() : JournalContract(new TestStore());

public sealed class ClusterFeedTests() : FeedContract(new TestStore());

public sealed class ClusterFollowerTests() : FollowerContract(new TestStore());

public sealed class ClusterReminderTests() : ReminderContract(new TestStore());

public sealed class ClusterProductTests() : ProductContract(new TestStore());

public sealed class ClusterErasureTests() : ErasureContract(new TestStore());
#pragma warning restore SA1402
