namespace SmartService.ReadModels.Storage;

/// <summary>Takes a forgotten person out of every table. Rows go, not only their words: a rebuild from the scrubbed journal has none either.</summary>
internal sealed class ErasureTable(ReadModelWriter writer)
{
    private const string Unindex =
        "INSERT INTO questions_fts (questions_fts, rowid, text, answer) SELECT 'delete', position, text, answer FROM questions WHERE tenant = ?1 AND ";

    private const string InTheirs = "conversation IN (SELECT id FROM conversations WHERE tenant = ?1 AND customer = ?2)";

    private readonly Statement[] _ofCustomer =
    [
        writer.Prepare(Unindex + InTheirs),
        writer.Prepare("DELETE FROM questions WHERE tenant = ?1 AND " + InTheirs),
        writer.Prepare("DELETE FROM conversations WHERE tenant = ?1 AND customer = ?2"),
        writer.Prepare("DELETE FROM timeline WHERE tenant = ?1 AND customer = ?2"),
        writer.Prepare("DELETE FROM popups WHERE tenant = ?1 AND customer = ?2"),
        writer.Prepare("DELETE FROM forecasts WHERE tenant = ?1 AND customer = ?2"),
    ];

    private readonly Statement[] _ofConversation =
    [
        writer.Prepare(Unindex + "conversation = ?2"),
        writer.Prepare("DELETE FROM questions WHERE tenant = ?1 AND conversation = ?2"),
        writer.Prepare("DELETE FROM conversations WHERE tenant = ?1 AND id = ?2"),
    ];

    private readonly Statement _timeline = writer.Prepare("DELETE FROM timeline WHERE tenant = ?1 AND customer IS ?2 AND entity = ?3");
    private readonly Statement _order = writer.Prepare("DELETE FROM orders WHERE tenant = ?1 AND id = ?2");

    /// <summary>Something was erased in this transaction.</summary>
    public bool WasUsed { get; set; }

    public void Customer(string tenant, string customer) => Run(_ofCustomer, tenant, customer);

    /// <param name="customer">Null when the conversation is not known here.</param>
    public void Conversation(string tenant, string conversation, string? customer)
    {
        Run(_ofConversation, tenant, conversation);
        _timeline.Run(tenant, customer, "conversation/" + conversation);
    }

    /// <param name="customer">Null when the order was never placed.</param>
    public void Order(string tenant, string order, string entity, string? customer)
    {
        WasUsed = true;
        _timeline.Run(tenant, customer, entity);
        _order.Run(tenant, order);
    }

    private void Run(Statement[] statements, string tenant, string id)
    {
        WasUsed = true;
        writer.Flush();
        foreach (var statement in statements)
        {
            statement.Run(tenant, id);
        }

        writer.Drop();
    }
}
