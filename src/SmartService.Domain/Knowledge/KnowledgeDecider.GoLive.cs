using System.Collections.Immutable;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Knowledge.KnowledgeEvent;
using Decision = SmartService.Domain.Decision<
    SmartService.Domain.Knowledge.KnowledgeEvent, SmartService.Domain.Knowledge.KnowledgeRefusal>;

namespace SmartService.Domain.Knowledge;

/// <summary>A release changes its items together and, if regretted, takes the changes back together.</summary>
public sealed partial class KnowledgeDecider
{
    private static Decision DecideGoLive(KnowledgeState state, GoLive c) => Find(state, c.Release) switch
    {
        null => KnowledgeRefusal.ReleaseNotFound,
        { Status: ReleaseStatus.Live } => Decision.Unchanged,
        { Status: ReleaseStatus.Built } => KnowledgeRefusal.NotReplayed,
        { Status: ReleaseStatus.Replayed } => KnowledgeRefusal.NotApproved,
        { Status: ReleaseStatus.Approved } release => Publish(state, release, c),
        _ => KnowledgeRefusal.AlreadyDecided,
    };

    private static Decision Publish(KnowledgeState state, Release release, GoLive c)
    {
        var undo = ImmutableArray.CreateBuilder<ReleasedItem>();
        var saved = ImmutableArray.CreateBuilder<KnowledgeEvent>();
        var created = 0;
        for (var n = 1; n <= release.Candidates.Length; n++)
        {
            var candidate = state.Candidates[release.Candidates[n - 1]];
            var item = candidate.Replaces ?? new ItemId($"{release.Id}-{n}");
            var live = Live(state, item);
            if (live is not null && Says(live, candidate.Content!))
            {
                continue; // Says so already; nothing to change and nothing to take back.
            }

            created += live is null ? 1 : 0;
            var before = live?.Version ?? 0;
            undo.Add(new(item, before));
            saved.Add(new ItemSaved(item, before + 1, candidate.Content!, candidate.Author ?? c.Author, release.Id, c.At));
        }

        if (state.Items.Count + created > KnowledgeState.MaxItems)
        {
            return KnowledgeRefusal.TooManyItems;
        }

        saved.Insert(0, new ReleaseWentLive(release.Id, undo.DrainToImmutable(), c.Author, c.At));
        return saved.DrainToImmutable();
    }

    private static Decision DecideRollBack(KnowledgeState state, RollBack c) => Find(state, c.Release) switch
    {
        null => KnowledgeRefusal.ReleaseNotFound,
        { Status: ReleaseStatus.RolledBack } => Decision.Unchanged,
        { Status: ReleaseStatus.Live } release => TakeBack(state, release, c),
        _ => KnowledgeRefusal.NotLive,
    };

    private static Decision TakeBack(KnowledgeState state, Release release, RollBack c)
    {
        var events = ImmutableArray.CreateBuilder<KnowledgeEvent>(release.Undo.Length + 1);
        events.Add(new ReleaseRolledBack(release.Id, c.Author, c.At));
        foreach (var undo in release.Undo)
        {
            if (Live(state, undo.Item) is not { Retired: false } live || live.Release != release.Id)
            {
                return KnowledgeRefusal.NotLive; // A later change stands on this one.
            }

            var before = undo.VersionBefore == 0 ? null : Version(state, undo);
            if (undo.VersionBefore != 0 && before is null)
            {
                return KnowledgeRefusal.NotLive;
            }

            // The version that comes back keeps its release's mark, so that that one can be rolled back in turn.
            events.Add(before is { Retired: false }
                ? new ItemSaved(undo.Item, live.Version + 1, before.Content, c.Author, before.Release, c.At)
                : new ItemRetired(undo.Item, live.Version + 1, c.Author, before?.Release ?? release.Id, c.At));
        }

        return events.DrainToImmutable();
    }

    private static ItemVersion? Version(KnowledgeState state, ReleasedItem undo)
    {
        foreach (var version in state.Items[undo.Item.Value].Versions)
        {
            if (version.Version == undo.VersionBefore)
            {
                return version;
            }
        }

        return null;
    }
}
