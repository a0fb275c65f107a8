using SmartService.Domain;
using SmartService.Domain.Learning;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

internal sealed class LearningDesk(
    ILearnings learnings, IQuestionLog log, IJournalErasure erasure, TrainingQueue queue, TenantTraining training, LiveModels live, ITenantModelStore store,
    ITenantModels models, ITextMask mask, TimeProvider time) : ILearning
{
    public int RefusedModels => live.Refused;

    public static EntityKey KeyOf(TenantId tenant) => new(tenant, "learning");

    public LearningRun? Start(TenantId tenant, string asker) => queue.Add(tenant, asker, onlyIfNew: false);

    public LearningRun? Find(TenantId tenant, string run) => queue.Find(run) is { } known && known.Tenant == tenant ? known : null;

    public async ValueTask<LearningOverview> ReadAsync(TenantId tenant, CancellationToken ct)
    {
        var state = await learnings.ReadAsync(KeyOf(tenant), ct);
        var inUse = state.Live is not null && models.LiveOf(tenant)?.Hash == state.Live;
        return new(state, models.BaseModel, inUse, state.Live is null || inUse ? null : live.FaultOf(tenant) ?? "it was made for another shipped model");
    }

    public async ValueTask<IReadOnlyList<ChangedQuestion>> ChangesAsync(TenantId tenant, LearningReport report, CancellationToken ct)
    {
        var changes = new List<ChangedQuestion>();
        foreach (var change in report.Changes)
        {
            if (await log.FindAsync(tenant, change.Conversation, change.Number, ct) is { Text.Length: > 0 } question)
            {
                changes.Add(new(change, mask.Mask(question.Text)));
            }
        }

        return changes;
    }

    public async ValueTask<LearningRefusal?> TeachAsync(
        TenantId tenant, ConversationId conversation, int number, IntentId intent, string author, CancellationToken ct)
    {
        if (await log.FindAsync(tenant, conversation, number, ct) is null)
        {
            return LearningRefusal.QuestionNotFound;
        }

        var now = time.GetUtcNow();
        var teach = new LearningCommand.Teach(new(conversation, number, intent, author, now), now);
        return (await learnings.HandleAsync(KeyOf(tenant), teach, ct)).Refusal;
    }

    public async ValueTask<LearningRefusal?> RollBackAsync(TenantId tenant, string author, CancellationToken ct)
    {
        await training.Swap.WaitAsync(ct);
        try
        {
            var reply = await learnings.HandleAsync(KeyOf(tenant), new LearningCommand.RollBack(author, time.GetUtcNow()), ct);
            if (reply.Refusal is null)
            {
                await live.UseAsync(tenant, (await learnings.ReadAsync(KeyOf(tenant), ct)).Live, ct);
            }

            return reply.Refusal;
        }
        finally
        {
            training.Swap.Release();
        }
    }

    public async ValueTask ForgetAsync(TenantId tenant, string author, CancellationToken ct)
    {
        await training.Swap.WaitAsync(ct);
        try
        {
            var reply = await learnings.HandleAsync(KeyOf(tenant), new LearningCommand.Forget(author, time.GetUtcNow()), ct);
            live.Use(tenant, null);
            await store.ForgetAsync(tenant, ct);
            if (reply.Version > 0)
            {
                await erasure.ScrubAsync(Regions.Learnings.Name, KeyOf(tenant), ct);
            }
        }
        finally
        {
            training.Swap.Release();
        }
    }
}
