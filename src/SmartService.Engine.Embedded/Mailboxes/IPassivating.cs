namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>Something whose idle entities leave memory.</summary>
internal interface IPassivating
{
    /// <summary>Entities in memory.</summary>
    int Count { get; }

    /// <summary>One sweep.</summary>
    /// <param name="idleSweeps">Sweeps without a call after which an entity leaves.</param>
    void Passivate(int idleSweeps);

    /// <summary>Entities whose state stands on an append that was lost leave memory.</summary>
    void DropPoisoned();
}
