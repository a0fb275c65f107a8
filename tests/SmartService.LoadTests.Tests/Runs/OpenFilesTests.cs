using SmartService.Drill.Driving;
using SmartService.Drill.Servers;

namespace SmartService.LoadTests.Tests.Runs;

public sealed class OpenFilesTests
{
    private static readonly Drills.Drill Drill = Some.Drill("""
        name: many
        question: May it open them all?
        connections: 8192
        data: { tenants: 10, shoppers: 1000 }
        shoppers: { streams: 0.5 }
        curve: [{ shape: constant, rate: 50, for: 2s }]
        """);

    [Fact]
    public void MoreThanIsAllowed_IsRefused_WithWhatToDo() =>
        Should.Throw<ServerException>(() => OpenFiles.Check(Drill, 9_691)).Message.ShouldContain("ulimit -n 9692");

    [Theory]
    [InlineData(9_692L)]
    [InlineData(null)]
    public void Enough_OrNotKnown_IsNot(long? limit) => Should.NotThrow(() => OpenFiles.Check(Drill, limit));
}
