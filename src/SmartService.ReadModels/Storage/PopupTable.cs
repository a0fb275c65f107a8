using SmartService.Domain;
using SmartService.Domain.Popups;

namespace SmartService.ReadModels.Storage;

internal sealed class PopupTable(ReadModelWriter writer)
{
    private readonly Statement _insert = writer.Prepare(
        """
        INSERT OR IGNORE INTO popups (tenant, id, customer, at, withheld, topic, probability, exploration, seen, opened, dismissed, ignored, helpful, unhelpful)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, 0, 0, 0)
        """);

    private readonly Statement _report = writer.Prepare(
        """
        UPDATE popups SET seen = 1, opened = max(opened, ?3), dismissed = max(dismissed, ?4), ignored = max(ignored, ?5), helpful = ?6, unhelpful = ?7
        WHERE tenant = ?1 AND id = ?2
        """);

    public void Add(string tenant, PopupId popup, string customer, long at, bool withheld, IntentId topic, double probability, double exploration) =>
        _insert.Run(tenant, popup.Value, customer, at, withheld, topic.Value ?? "", probability, exploration);

    /// <summary>Whatever is reported of a popup, it was seen.</summary>
    public void Report(string tenant, PopupId popup, PopupOutcome outcome) => _report.Run(
        tenant, popup.Value, outcome is PopupOutcome.Opened or PopupOutcome.Helpful or PopupOutcome.NotHelpful, outcome == PopupOutcome.Dismissed,
        outcome == PopupOutcome.Ignored, outcome == PopupOutcome.Helpful, outcome == PopupOutcome.NotHelpful);
}
