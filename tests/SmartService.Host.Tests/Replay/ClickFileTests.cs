using System.Text.Json;
using SmartService.Host.Commands;
using SmartService.Host.Replay;

namespace SmartService.Host.Tests.Replay;

public sealed class ClickFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("replay-").FullName;
    private readonly List<(int Line, string Reason)> _faults = [];

    [Fact]
    public void Read_VisitsAndOrders_BecomeTheServersLines()
    {
        var rows = Read("""
            kind,customer,at,page,subject,order,items,total
            visit,ada,2026-01-01T10:00:00Z,product,"tent, green",,,
            visit,ada,2026-01-01T10:45:00Z,cart,,,,
            order,ada,1767265200,,,A-1,tent:Tent:2:50,100
            """);
        _faults.ShouldBeEmpty();
        rows.Count.ShouldBe(3);
        var (first, second, order) = (Json(rows[0]), Json(rows[1]), Json(rows[2]));
        first.GetProperty("subject").GetString().ShouldBe("tent, green");
        first.GetProperty("session").GetString().ShouldNotBe(second.GetProperty("session").GetString(), "45 quiet minutes end a session");
        order.GetProperty("lines")[0].GetProperty("quantity").GetInt32().ShouldBe(2);
        Json(Read("customer,at,page\nada,2026-01-01T10:00:00Z,product")[0]).GetProperty("id").GetString()
            .ShouldBe(Json(Read("page,customer,at\nproduct,ada,2026-01-01T10:00:00Z")[0]).GetProperty("id").GetString(), "the same row has the same id");
    }

    [Fact]
    public void Read_FaultyRows_AreToldByLineAndLeftOut()
    {
        Read("customer,at,page,kind,price\n,2026-01-01,home,,\nada,noon,home,,\nada,2026-01-01,home,walk,\nada,2026-01-01,home,,dear\nada,2026-01-01,home,,1").Count.ShouldBe(1);
        _faults.Select(f => f.Line).ShouldBe([2, 3, 4, 5]);
    }

    [Fact]
    public void Read_NoSuchColumn_SaysWhich() =>
        Should.Throw<CommandException>(() => Read("who,when\nada,now")).Message.ShouldContain("customer");

    [Fact]
    public void Read_SessionsOfPageIds_BecomeVisitsInOrder()
    {
        var rows = Read("10 20 30\n40\n", "sessions.txt");
        rows.Select(r => Json(r).GetProperty("subject").GetString()).ShouldBe(["10", "20", "30", "40"]);
        rows.Select(r => r.Customer).Distinct().Count().ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private List<ClickRow> Read(string text, string name = "clicks.csv")
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return [.. ClickFile.Read(file, (line, reason) => _faults.Add((line, reason)))];
    }

    private static JsonElement Json(ClickRow row) => JsonDocument.Parse(row.Json(row.At)).RootElement;
}
