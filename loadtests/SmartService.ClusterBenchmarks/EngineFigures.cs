using System.Runtime;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Host.Cluster.Local;

namespace SmartService.Benchmarks.Cluster;

/// <summary>
/// What a customer's message costs between a gateway and the journal, beside what it is made of: a bare Orleans call and one row of a batched insert,
/// on the same silo, the same database, in the same run. No HTTP, no understanding: those cost the same on any engine.
/// </summary>
internal static class EngineFigures
{
    private const int IdleCount = 30_000;
    private const int MessagesPerConversation = 6;
    private static readonly byte[] Hundred = new byte[100];
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static async IAsyncEnumerable<Figure> MeasureAsync(string folder, int basePort, TimeSpan time, int[] outstanding, bool messagesOnly)
    {
        var plan = new LocalPlan(folder, 1, 1, basePort + 99, basePort, Demo: false, []);
        var stores = new LocalStores(plan);
        Directory.CreateDirectory(folder);
        try
        {
            await stores.StartDatabaseAsync();
            await stores.StartRedisAsync();
            await stores.CreateDatabaseAsync(CancellationToken.None);
            await Engine.Cluster.Schema.JournalSchema.Migrations.RunAsync(plan.Database, CancellationToken.None);
            await using var member = await BenchMember.StartAsync(plan.Database, $"127.0.0.1:{plan.RedisPort}", basePort);
            Dictionary<string, double> Spent() => new()
            {
                ["caller"] = Environment.CpuUsage.TotalTime.TotalSeconds, ["silo"] = Cpu.SecondsOf(member.SiloId),
                ["PostgreSQL"] = Cpu.SecondsOfFamily(stores.DatabaseId), ["Redis"] = Cpu.SecondsOf(stores.Redis.Id),
            };

            var grains = member.Get<IGrainFactory>();
            async Task<RuntimeCost> RuntimesAsync() => RuntimeCost.Now + await grains.GetGrain<IEchoGrain>(0).SpentAsync();
            var insert = messagesOnly ? default : await BareInsert.MeasureAsync(plan.Database, time, () => Cpu.SecondsOfFamily(stores.DatabaseId));
            foreach (var callers in outstanding)
            {
                var at = $"outstanding: {callers}";
                var echo = default(LoadCost);
                if (!messagesOnly)
                {
                    var ping = await LoadCost.MeasureAsync(time, callers, Spent, RuntimesAsync, (caller, i) => grains.GetGrain<IEchoGrain>((caller * 64) + (i % 64)).PingAsync());
                    echo = await LoadCost.MeasureAsync(time, callers, Spent, RuntimesAsync, (caller, i) => grains.GetGrain<IEchoGrain>((caller * 64) + (i % 64)).EchoAsync(Hundred));
                    foreach (var figure in ping.Figures($"reference: bare Orleans call, Ping; {at}", "calls").Concat(echo.Figures($"reference: bare Orleans call, Echo 100 B; {at}", "calls")))
                    {
                        yield return figure;
                    }

                    yield return new($"reference: bare insert, {BareInsert.Rows} rows of 256 B a commit", insert.PerSecond, "rows/s");
                    yield return new("  CPU each, caller and PostgreSQL", insert.Micros, "µs");
                }

                var message = await MeasureMessagesAsync(member, time, callers, Spent, RuntimesAsync);
                foreach (var figure in message.Figures($"customer's message, gateway to journal and back; {at}", "messages"))
                {
                    yield return figure;
                }

                if (echo is not null)
                {
                    yield return new("customer's message against 1 echo + 1 inserted row (aim: at most 4)", message.Micros / (echo.Micros + insert.Micros), "times");
                }
            }

            if (messagesOnly)
            {
                yield break;
            }

            yield return new("idle customer on a silo, 3 visits, state included", await WeighAsync(member, grains), "bytes");
        }
        finally
        {
            await stores.StopAsync();
        }
    }

    /// <summary>As the assistant does it: look at the conversation and its customer, ask, and take the state with the answer. Every few messages a new conversation.</summary>
    private static Task<LoadCost> MeasureMessagesAsync(
        BenchMember member, TimeSpan time, int callers, Func<Dictionary<string, double>> cpu, Func<Task<RuntimeCost>> runtimes)
    {
        var (conversations, customers) = (member.Get<IConversations>(), member.Get<ICustomers>());
        return LoadCost.MeasureAsync(time, callers, cpu, runtimes, async (caller, i) =>
        {
            var customer = new EntityKey(new("bench"), $"s{callers}-{caller}-{i / MessagesPerConversation % 64}");
            var conversation = new EntityKey(new("bench"), $"c{callers}-{caller}-{i / MessagesPerConversation}");
            var before = await conversations.ReadRecentAsync(conversation, CancellationToken.None);
            await customers.ReadRecentAsync(customer, CancellationToken.None);
            var ask = Ask(i % MessagesPerConversation);
            var opening = before.Customer is null ? ask with { Opens = new(new(customer.Id), "en", null, null, Noon) } : ask;
            var (reply, after) = await conversations.HandleAndReadAsync(conversation, opening, CancellationToken.None);
            if (reply.Events.Length < 2 || after.Messages.Count < 2)
            {
                throw new InvalidOperationException($"The message was not answered: {reply}");
            }
        });
    }

    /// <summary>A question with what the shipped understanding gives a small store; another one each time, for nobody is told twice the same.</summary>
    private static ConversationCommand.Ask Ask(long turn) => new(
        $"m{turn}", $"Where is my order, part {turn}?", new(new("order.status"), 0.93, 0.02, "en", "shipped"),
        [
            new(new("order.status"), $"Part {turn}: your order page shows every step of it.", new("qna", $"q{turn}", 3, "Where is my order?"), 0.93, []),
            new(new("delivery.time"), "Three working days.", new("qna", "delivery", 1, "How long does delivery take?"), 0.31, []),
        ],
        [new(new("order.status"), "Where my order is"), new(new("delivery.time"), "How long delivery takes")],
        new("Did you mean one of these?", "A person takes over.", "A person comes.", "As I said:", "I am sorry to hear that."), BotPolicy.Default, Noon.AddSeconds(turn));

    private static async Task<double> WeighAsync(BenchMember member, IGrainFactory grains)
    {
        var (customers, scales) = (member.Get<ICustomers>(), grains.GetGrain<IEchoGrain>(0));
        await IdleCustomers.VisitAsync(customers, "warm", 2_000, atOnce: 200);
        var before = await scales.WeighAsync();
        await IdleCustomers.VisitAsync(customers, "idle", IdleCount, atOnce: 200);
        return (await scales.WeighAsync() - before) / (double)IdleCount;
    }
}
