using SmartService.Engine.Contract;

namespace SmartService.Engine.Embedded.Tests;

#pragma warning disable SA1402 // The suite, run over the embedded engine.
public sealed class EmbeddedEntityTests() : EntityContract(new TestFolder());

public sealed class EmbeddedJournalTests() : JournalContract(new TestFolder());

public sealed class EmbeddedFeedTests() : FeedContract(new TestFolder());

public sealed class EmbeddedFollowerTests() : FollowerContract(new TestFolder());

public sealed class EmbeddedReminderTests() : ReminderContract(new TestFolder());

public sealed class EmbeddedProductTests() : ProductContract(new TestFolder());

public sealed class EmbeddedErasureTests() : ErasureContract(new TestFolder());
#pragma warning restore SA1402
