using SmartService.Domain;
using SmartService.Domain.Learning;

namespace SmartService.Assistance;

/// <summary>Continuous learning: what people corrected and shoppers showed becomes a tenant's own model, once that is proven better.</summary>
public interface ILearning
{
    /// <summary>Queues a training. A tenant waits once: asked again, the run that waits already is returned.</summary>
    /// <param name="asker">Who asked; in the report.</param>
    /// <returns>Null when as many trainings wait as may.</returns>
    LearningRun? Start(TenantId tenant, string asker);

    /// <summary>A run of this tenant; null when there is none, or it was done long ago: its report is in the state then.</summary>
    LearningRun? Find(TenantId tenant, string run);

    /// <summary>What is taught, the reports and what is live, as journalled.</summary>
    ValueTask<LearningOverview> ReadAsync(TenantId tenant, CancellationToken ct);

    /// <summary>The report's changed examples with their questions, personal data masked. Questions forgotten since are left out.</summary>
    ValueTask<IReadOnlyList<ChangedQuestion>> ChangesAsync(TenantId tenant, LearningReport report, CancellationToken ct);

    /// <summary>A person says what a logged question meant.</summary>
    /// <returns>Null when done.</returns>
    ValueTask<LearningRefusal?> TeachAsync(TenantId tenant, ConversationId conversation, int number, IntentId intent, string author, CancellationToken ct);

    /// <summary>Brings back what was live before, at once.</summary>
    /// <returns>Null when done.</returns>
    ValueTask<LearningRefusal?> RollBackAsync(TenantId tenant, string author, CancellationToken ct);

    /// <summary>Forgets the tenant's models, reports and all that was taught; the shipped model answers from now on.</summary>
    ValueTask ForgetAsync(TenantId tenant, string author, CancellationToken ct);

    /// <summary>Tenants whose own model is live by the journal but cannot be used; the shipped one answers for them.</summary>
    int RefusedModels { get; }
}

/// <param name="IsInUse">The live model answers. False: it cannot be used, <paramref name="Fault"/> says why, and the shipped one answers.</param>
public sealed record LearningOverview(LearningState State, string BaseModel, bool IsInUse, string? Fault);

public enum LearningRunState
{
    Waiting,
    Training,
    Done,
    Failed,
}

/// <summary>One training.</summary>
/// <param name="Report">Null until done; and when a nightly run found too little new to train for.</param>
public sealed record LearningRun(string Id, TenantId Tenant, string Asker, LearningRunState State, LearningReport? Report)
{
    public bool IsOver => State is LearningRunState.Done or LearningRunState.Failed;
}

/// <param name="Question">Masked.</param>
public sealed record ChangedQuestion(LearningChange Change, string Question);
