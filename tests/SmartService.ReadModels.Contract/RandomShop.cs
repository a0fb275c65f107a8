using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Popups;

namespace SmartService.ReadModels.Contract;

/// <summary>Whatever can happen in a shop, by seed: few people and many events, so that these meet, and people who are forgotten in between.</summary>
public sealed class RandomShop(int seed)
{
    private static readonly string[] Intents = ["delivery.fee", "order.delay", "refund.status", Domain.Intents.OutOfScope.Value];
    private static readonly string[] Texts = ["배송비가 얼마인가요?", "我的退款什么时候到账？", "Can I pay LATER?", "where is it", "환불", "退款", "café", "x"];
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string> _popups = [];
    private readonly List<string> _gone = [];

    public ShopJournal Journal { get; } = new();

    public RandomShop Happen(int events)
    {
        while (Journal.Head < events)
        {
            Next();
        }

        return this;
    }

    /// <summary>Events cut into batches of any size.</summary>
    public IEnumerable<IReadOnlyList<Engine.JournalledEvent>> Batches()
    {
        for (var from = 0; from < Journal.Events.Count;)
        {
            var batch = Journal.Events.Skip(from).Take(_random.Next(1, 60)).ToList();
            from += batch.Count;
            yield return batch;
        }
    }

    private void Next()
    {
        var customer = $"person-{_random.Next(8)}";
        var conversation = $"chat-{_random.Next(12)}";
        var known = _numbers.TryGetValue(conversation, out var number);
        switch (_random.Next(24))
        {
            case 0 or 1 or 2 when !known && !_gone.Contains(conversation):
                Journal.Open(conversation, customer);
                _numbers[conversation] = 0;
                break;
            case 3 or 4 or 5 or 6 when known:
                Journal.Ask(conversation, number + 1, Pick(Texts), Pick(Intents), _random.NextDouble());
                _numbers[conversation] = number + 1;
                break;
            case 7 or 8 when known:
                Journal.Answer(conversation, number, Pick(Texts));
                _numbers[conversation] = number + 1;
                break;
            case 9 when known:
                Journal.HandOff(conversation, number);
                _numbers[conversation] = number + 1;
                break;
            case 10 or 11 when known:
                Journal.Conversation(conversation, new ConversationEvent.AgentReplied(number + 1, $"m-{number}", "mia", Pick(Texts), Journal.Now));
                _numbers[conversation] = number + 1;
                break;
            case 12 when known:
                Journal.Conversation(conversation, new ConversationEvent.AnswerRated(_random.Next(1, number + 2), _random.Next(2) == 0, Journal.Now));
                break;
            case 13 when known:
                Journal.Conversation(conversation, Pick<ConversationEvent>(
                    new ConversationEvent.Closed(Journal.Now), new ConversationEvent.GivenBack("mia", Journal.Now),
                    new ConversationEvent.ConversationRated(_random.Next(1, 6), null, Journal.Now)));
                break;
            case 14 when known && _random.Next(6) == 0:
                Journal.Conversation(conversation, new ConversationEvent.Erased(Journal.Now));
                _numbers.Remove(conversation);
                _gone.Add(conversation);
                break;
            case 15:
                Journal.Customer(customer, new CustomerEvent.ForecastMade([new(new(Pick(Intents)), 0.9f), new(new(Pick(Intents)), 0.5f)], null, null, "m@1", Journal.Now));
                break;
            case 16:
                _popups.Add($"popup-{_popups.Count}");
                Journal.Offer(customer, _popups[^1], _random.Next(3) == 0);
                break;
            case 17 when _popups.Count > 0:
                Journal.Report(customer, _popups[_random.Next(_popups.Count)], Pick(PopupOutcome.Seen, PopupOutcome.Opened, PopupOutcome.Dismissed, PopupOutcome.Helpful, PopupOutcome.NotHelpful));
                break;
            case 18:
                Journal.Order($"order-{_random.Next(6)}", new OrderEvent.CheckpointNoted(new("k", Journal.Now, CheckpointStatus.InTransit, "Busan"), Journal.Now));
                break;
            case 19:
                Journal.Place($"order-{_random.Next(6)}", customer);
                break;
            case 20 when _random.Next(4) == 0:
                Journal.Order($"order-{_random.Next(6)}", new OrderEvent.Erased(Journal.Now));
                break;
            case 21:
                Journal.Customer(customer, new CustomerEvent.Described(Pick("Ada 김", "李雷", null), CustomerTier.Gold, "ko", _random.Next(2) == 0, Journal.Now));
                break;
            case 22 when _random.Next(8) == 0:
                Journal.Customer(customer, new CustomerEvent.Erased(Journal.Now));
                break;
            default:
                Journal.Visit(customer, $"v-{Journal.Head}");
                break;
        }
    }

    private T Pick<T>(params T[] among) => among[_random.Next(among.Length)];
}
