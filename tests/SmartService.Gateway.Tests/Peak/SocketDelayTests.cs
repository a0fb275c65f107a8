using Microsoft.Extensions.Logging.Abstractions;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Tests.Peak;

public class SocketDelayTests
{
    [Fact]
    public async Task Bytes_AreMeasured_OneAfterTheOther()
    {
        using var delay = new SocketDelay(NullLogger.Instance);
        for (var measured = 0; measured < 3;)
        {
            measured += delay.Take() > TimeSpan.Zero ? 1 : 0;
            await Task.Yield();
        }
    }

    [Fact]
    public void AfterItsEnd_NothingIsThrownElsewhere()
    {
        var delay = new SocketDelay(NullLogger.Instance);
        delay.Take();
        delay.Dispose();
        delay.Dispose();
    }
}
