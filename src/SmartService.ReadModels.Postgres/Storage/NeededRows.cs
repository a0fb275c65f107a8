using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Tenants;
using SmartService.Engine;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>Which rows some events will be held against, so that one round trip brings all of them.</summary>
internal sealed class NeededRows
{
    private readonly Dictionary<(string Tenant, string Id), string> _opened = [];
    private readonly HashSet<(string Tenant, string Conversation, int Number)> _asked = [];

    public Keys Tenants { get; } = new();

    public Keys Customers { get; } = new();

    /// <summary>Brings their customers too.</summary>
    public Keys Conversations { get; } = new();

    /// <summary>Brings whose they are too.</summary>
    public Keys Orders { get; } = new();

    /// <summary>Forecasts by customer, and by conversation where its customer is not known yet.</summary>
    public (Keys Customers, Keys Conversations) Forecasts { get; } = (new(), new());

    public NumberedKeys Questions { get; } = new();

    /// <summary>Questions by the message that answered them.</summary>
    public NumberedKeys Answered { get; } = new();

    /// <summary>All open questions of a conversation.</summary>
    public Keys Open { get; } = new();

    /// <summary>The conversation begins with these events.</summary>
    public bool IsOpened((string Tenant, string Id) conversation) => _opened.ContainsKey(conversation);

    /// <summary>The question is asked in these events.</summary>
    public bool IsAsked((string Tenant, string Conversation, int Number) question) => _asked.Contains(question);

    public void Collect(IReadOnlyList<JournalledEvent> events, WorkingSet held)
    {
        Clear();
        foreach (var e in events)
        {
            (string Tenant, string Id) key = (e.Entity.Tenant.Value, e.Entity.Id);
            switch (e.Event)
            {
                case ConversationEvent conversation:
                    Collect(key, conversation, held);
                    break;
                case CustomerEvent customer:
                    Customer(key, held);
                    if (customer is CustomerEvent.OrderNoted noted)
                    {
                        Orders.Add((key.Tenant, noted.Order.Id.Value));
                    }

                    break;
                case OrderEvent order:
                    Orders.Add(key);
                    if (order is OrderEvent.Placed placed)
                    {
                        Customer((key.Tenant, placed.Customer.Value), held);
                    }

                    break;
                case TenantEvent.Created or TenantEvent.ProfileChanged:
                    Tenants.Add((key.Tenant, key.Tenant));
                    break;
            }
        }
    }

    private void Collect((string Tenant, string Id) key, ConversationEvent happened, WorkingSet held)
    {
        if (happened is ConversationEvent.Opened opened)
        {
            _opened[key] = opened.Customer.Value;
            Customer((key.Tenant, opened.Customer.Value), held);
        }

        var owner = _opened.GetValueOrDefault(key) ?? held.OwnerOf(key);
        if (owner is null)
        {
            Conversations.Add(key);
        }
        else
        {
            Customer((key.Tenant, owner), held);
        }

        switch (happened)
        {
            case ConversationEvent.CustomerAsked asked:
                _asked.Add((key.Tenant, key.Id, asked.Number));
                Forecast(key, owner, held);
                break;
            case ConversationEvent.BotAnswered answered:
                Question(key, answered.Replies);
                break;
            case ConversationEvent.BotClarified clarified:
                Question(key, clarified.Replies);
                break;
            case ConversationEvent.HandedOff handedOff:
                Question(key, handedOff.Replies);
                break;
            case ConversationEvent.AgentReplied:
                Open.Add(key);
                break;
            case ConversationEvent.AnswerRated rated:
                Answered.Add((key.Tenant, key.Id, rated.Number));
                break;
        }
    }

    private void Customer((string Tenant, string Id) key, WorkingSet held)
    {
        if (!held.Customers.Holds(key))
        {
            Customers.Add(key);
        }
    }

    private void Question((string Tenant, string Id) key, int number)
    {
        if (number > 0 && !_asked.Contains((key.Tenant, key.Id, number)))
        {
            Questions.Add((key.Tenant, key.Id, number));
        }
    }

    private void Forecast((string Tenant, string Id) key, string? owner, WorkingSet held)
    {
        if (owner is null)
        {
            Forecasts.Conversations.Add(key);
        }
        else if (!held.Forecasts.Holds((key.Tenant, owner)))
        {
            Forecasts.Customers.Add((key.Tenant, owner));
        }
    }

    private void Clear()
    {
        _opened.Clear();
        _asked.Clear();
        Keys[] all = [Tenants, Customers, Conversations, Orders, Forecasts.Customers, Forecasts.Conversations, Open];
        foreach (var keys in all)
        {
            keys.Clear();
        }

        Questions.Clear();
        Answered.Clear();
    }
}
