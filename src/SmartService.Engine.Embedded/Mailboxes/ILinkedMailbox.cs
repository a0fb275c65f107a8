using SmartService.Domain;

namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>What a <see cref="MailboxTable{TMailbox}"/> needs of its mailboxes.</summary>
internal interface ILinkedMailbox<TMailbox>
    where TMailbox : class
{
    EntityKey Key { get; }

    /// <summary>The next mailbox of the same chain. The table's own; read without a lock.</summary>
    TMailbox? Next { get; set; }
}
