namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>What <see cref="PassingMailboxes{TMailbox}"/> needs of its mailboxes.</summary>
internal interface IPassingMailbox
{
    /// <summary>It is in memory, and only those who come by have called it.</summary>
    bool IsPassing { get; }

    /// <summary>Leaves memory if it is passing and nothing is under way.</summary>
    bool TryLeave();
}
