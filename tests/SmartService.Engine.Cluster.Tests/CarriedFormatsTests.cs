using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>Whatever a gateway sends to a silo, the silo can read.</summary>
public sealed class CarriedFormatsTests
{
    private static readonly (string Region, Type Command)[] Regions =
    [
        ("customer", typeof(CustomerCommand)), ("conversation", typeof(ConversationCommand)), ("tenant", typeof(TenantCommand)),
        ("knowledge", typeof(KnowledgeCommand)), ("learning", typeof(LearningCommand)), ("order", typeof(OrderCommand)), ("peak", typeof(PeakSwitchCommand)),
    ];

    public static TheoryData<string> Commands => [.. Regions.SelectMany(r => CarriedFormats.CommandsOf(r.Region, r.Command)).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_AndAllInIt_CanBeReadBack(string name)
    {
        var format = Regions.SelectMany(r => CarriedFormats.CommandsOf(r.Region, r.Command)).Single(f => f.Name == name);
        foreach (var info in Reached(format.Json))
        {
            (info.Type.IsInterface || info.Type == typeof(object)).ShouldBeFalse($"{name} has a {info.Type}, of which nobody knows what it is");
            if (info.Kind == JsonTypeInfoKind.Object)
            {
                (info.Type.IsAbstract && info.PolymorphismOptions is null).ShouldBeFalse($"{name} has a {info.Type}, which does not say which of its kinds it is");
                try
                {
                    JsonSerializer.Deserialize("{}", info);
                }
                catch (JsonException)
                {
                    // Something required is missing, which shows that it would be read.
                }
            }
        }
    }

    [Fact]
    public void Write_ThenRead_GivesAnEqualCommand()
    {
        var formats = new CarriedFormats(new EventCodecs(StoredEvents.Product), Regions.SelectMany(r => CarriedFormats.CommandsOf(r.Region, r.Command)));
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var visits = new CustomerCommand.RecordVisits([new("v1", "s1", noon, PageType.Search, "배송 快递 \"x\"")], noon);
        var read = formats.Read(formats.Write(new(visits))).ShouldBeOfType<CustomerCommand.RecordVisits>();
        read.Visits.ShouldBe(visits.Visits);
        var placed = new OrderCommand.Place(new CustomerId("ada"), [new("sku", "Shoe", 1, 10)], 10, "EUR", noon, null, noon);
        var back = formats.Read(formats.Write(new(placed))).ShouldBeOfType<OrderCommand.Place>();
        (back with { Lines = placed.Lines }).ShouldBe(placed);
        back.Lines.ShouldBe(placed.Lines);
    }

    [Fact]
    public void Read_OfAnotherVersion_IsRefused()
    {
        var formats = new CarriedFormats(new EventCodecs([]), []);
        Should.Throw<JsonException>(() => formats.Read([1, (byte)'x', .. "{}"u8]));
    }

    private static List<JsonTypeInfo> Reached(JsonTypeInfo root)
    {
        var (found, waiting, seen) = (new List<JsonTypeInfo>(), new Queue<JsonTypeInfo>([root]), new HashSet<Type> { root.Type });
        while (waiting.TryDequeue(out var info))
        {
            found.Add(info);
            var inner = info.Kind == JsonTypeInfoKind.Object ? info.Properties.Select(p => p.PropertyType) : info.Type.GetGenericArguments();
            foreach (var type in inner.Where(seen.Add))
            {
                waiting.Enqueue(info.Options.GetTypeInfo(type));
            }
        }

        return found;
    }
}
