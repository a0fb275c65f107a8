using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using SmartService.Assistance.Answers;
using SmartService.Assistance.Files;
using SmartService.Assistance.Learning;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Domain.Texts;
using SmartService.Engine.Journal;
using SmartService.Gateway;
using SmartService.Gateway.Access;
using SmartService.Gateway.Shoppers;
using SmartService.Host.Commands;
using SmartService.Host.Replay;
using SmartService.Intent.Features;

namespace SmartService.Fuzz.Parsers;

/// <summary>Everything in the product that reads what somebody else wrote.</summary>
internal static class Targets
{
    /// <summary>As bodies are read, of any shape.</summary>
    public static JsonSerializerOptions AsBodies { get; } = new(GatewayJson.Default.Options) { TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };

    private static readonly TenantId Shop = new("shop");

    /// <param name="folder">For the key that tokens are signed with.</param>
    public static IReadOnlyList<Target> All(string folder) =>
    [
        .. Bodies(),
        new("knowledge csv", Samples("id,question,answer,locale\nq1,\"How, long?\",\"Two\ndays\",en\n", "question;answer\na;b\n"), input => Fails<FileFaultException>(() => Drain(CsvItems.Read(Text(input))))),
        new("knowledge json", Samples("[{\"id\":\"q1\",\"question\":\"How?\",\"variants\":[\"a\"],\"answer\":\"So {order}.\",\"locale\":\"en\",\"actions\":[{\"label\":\"a\",\"url\":\"/b\"}]}]"), input => Fails<FileFaultException>(() => JsonItems.ReadArray(input, 1_000))),
        new("knowledge lines", Samples("{\"question\":\"How?\",\"answer\":\"So.\",\"locale\":\"ko\"}\n{\"question\":\"x\",\"answer\":\"y\",\"locale\":\"zh\"}\n"), input => Fails<FileFaultException>(() => Drain(JsonItems.ReadLines(Text(input))))),
        new("texts", Samples("Where is my order NP-20417? Call 010-1234-5678, mail ada@example.com", "제 주문 언제 와요? 그리고 사이즈 바꿀 수 있나요?", "我的订单到哪了，能退吗？", "4111 1111 1111 1111, 123 Main St, {order.number}"), Texts),
        new("features", Samples("Where is my order?", "배송 언제 와요", "什么时候发货"), Features),
        Tokens(folder),
        new("keys", Samples("sk_shop_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "pk_a-b_x", "adm_x", "ko-KR", "conversation-1"), Keys),
        new("clicks csv", Samples("customer,at,page,kind,order,items\nc1,2026-01-01T00:00:00Z,home,visit,,\nc1,1767225600,order,order,o1,p:Name:2:3.5;q:Z:1:1\n"), input => Fails<CommandException>(() => Drain(ClickFile.Read(new StringReader(Text(input)), isSessions: false, (_, _) => { })))),
        new("clicks txt", Samples("1 2 3\n4 5\n"), input => Fails<CommandException>(() => Drain(ClickFile.Read(new StringReader(Text(input)), isSessions: true, (_, _) => { })))),
        .. Events(),
    ];

    /// <summary>Every body a call takes, by the contract it is read with.</summary>
    private static IEnumerable<Target> Bodies() =>
        from type in typeof(GatewayJson).GetCustomAttributesData().Where(a => a.AttributeType == typeof(JsonSerializableAttribute)).Select(a => (Type)a.ConstructorArguments[0].Value!)
        where type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.EndsWith("OfBulk", StringComparison.Ordinal) || type.Name is "PeakChange" or "ProfileView" or "PolicyView"
        let contract = GatewayJson.Default.GetTypeInfo(type)!
        select new Target("body " + type.Name, [Encoding.UTF8.GetBytes(Shapes.Of(contract))], input => Fails<JsonException>(() => JsonSerializer.Deserialize(input, contract)));

    private static IEnumerable<Target> Events() => new EventCodecs(StoredEvents.Product).Kinds
        .Select(kind => new Target("event " + kind.Name, Samples("{}", "{\"at\":\"2026-01-01T00:00:00Z\",\"number\":1,\"text\":\"a\",\"reading\":{\"intent\":\"order.status\",\"confidence\":1,\"outOfScope\":0,\"language\":\"en\",\"model\":\"m\"}}"), input => Fails<JsonException>(() => EventCodecs.Read(kind, input))));

    private static Target Tokens(string folder)
    {
        var tokens = new ShopperTokens(InstallationKey.LoadOrCreate(Path.Combine(folder, "installation.key")), TimeProvider.System);
        var issued = tokens.Issue(Shop, new CustomerId("ada"), identified: true).Token;
        var merchants = new MerchantTokens(new SigningSecrets(InstallationKey.LoadOrCreate(Path.Combine(folder, "installation.key"))), TimeProvider.System, NullLogger<MerchantTokens>.Instance);
        return new("tokens", Samples(issued, "st_a.b", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEiLCJleHAiOjE3NjcyMjU2MDB9.AAAA"), input =>
        {
            var text = Text(input);
            if (tokens.Read(text) is not null && text != issued)
            {
                throw new InvalidOperationException("A token that nobody issued was taken.");
            }

            var check = merchants.CheckAsync(Shop, TenantState.Absent, text).AsTask();
            if (check.Wait(TimeSpan.FromSeconds(10)) && check.Result.Customer is not null)
            {
                throw new InvalidOperationException("A JWT that nobody signed was taken.");
            }
        });
    }

    private static void Texts(byte[] input)
    {
        var text = Text(input);
        text = text.Length > 4_000 ? text[..4_000] : text;
        _ = TextMask.Mask(text);
        _ = TextEntities.Read(text);
        _ = new PersonalDataMask().Mask(text);
        _ = Terms.Of(text);
        _ = Terms.Normalise(text);
        _ = Language.Of(text);
        _ = Language.ToAnswer(text, null, null, "en");
        _ = FollowUp.Leans(text);
        _ = QuestionSplitter.PiecesOf(text.Length <= 400 ? text : text[..400]); // As far as the product looks.
        _ = Locales.Choose(text, "en");
    }

    [ThreadStatic]
    private static FeatureExtraction? _features;

    private static void Features(byte[] input) => (_features ??= new(new FeatureSettings())).Extract(Text(input));

    private static void Keys(byte[] input)
    {
        var text = Text(input);
        _ = Gateway.Access.Keys.TryRead(text, out _);
        _ = Identifiers.IsClientId(text) | Identifiers.IsIntent(text) | Identifiers.IsMerchantId(text) | Identifiers.IsTenant(text);
        _ = Domain.Tenants.ProfileRules.CheckOrigins([text]);
        _ = Domain.Tenants.ProfileRules.Check(new(text, text, text, text));
    }

    /// <summary>Bytes as a reader of text gets them: what is no UTF-8 becomes replacement characters.</summary>
    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private static byte[][] Samples(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    /// <summary>What is read as one goes must be gone through.</summary>
    private static void Drain<T>(IEnumerable<T> read)
    {
        foreach (var _ in read)
        {
            // Reading it is all.
        }
    }

    /// <summary>Refusing with this is what the parser is for.</summary>
    private static void Fails<TRefusal>(Action read)
        where TRefusal : Exception
    {
        try
        {
            read();
        }
        catch (TRefusal)
        {
            return; // Refused, as it may.
        }
    }
}
