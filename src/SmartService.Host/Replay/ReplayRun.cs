using System.Diagnostics;
using SmartService.Host.Commands;
using SmartService.Host.Demo;

namespace SmartService.Host.Replay;

/// <summary>Sends the rows of a clickstream, in order, in batches. At a speed, times are moved so that what is sent happens now.</summary>
internal static class ReplayRun
{
    private const int BatchLines = 2_000;
    private const int MaxFaultsSaid = 50;
    private static readonly TimeSpan Gathered = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(ReplayArguments arguments, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (arguments.Speed is < 0 or > 1_000_000 || !double.IsFinite(arguments.Speed))
        {
            throw new CommandException("--speed is 0 (as fast as it goes) to 1,000,000.");
        }

        using var sender = new ReplaySender(arguments.Url, KeyOf(arguments));
        var faults = 0;
        void Fault(int line, string reason)
        {
            faults++;
            if (faults <= MaxFaultsSaid)
            {
                error.WriteLine($"line {line}: {reason}");
            }
        }

        var watch = Stopwatch.StartNew();
        await SendAsync(ClickFile.Read(arguments.File, Fault), arguments.Speed, sender, Fault, ct);
        var seconds = Math.Max(watch.Elapsed.TotalSeconds, 0.001);
        if (faults > MaxFaultsSaid)
        {
            await error.WriteLineAsync($"… and {faults - MaxFaultsSaid:N0} lines more");
        }

        await output.WriteLineAsync(
            $"Sent {sender.Visits:N0} visits and {sender.Orders:N0} orders in {seconds:0.0} s ({(sender.Visits + sender.Orders) / seconds:N0} a second); {faults:N0} lines left out.");
        return faults == 0 ? 0 : 1;
    }

    private static async Task SendAsync(IEnumerable<ClickRow> rows, double speed, ReplaySender sender, Action<int, string> fault, CancellationToken ct)
    {
        var pace = speed > 0 ? new Pace(speed) : null;
        var batch = new List<(ClickRow Row, string Json)>();
        foreach (var row in rows)
        {
            var sentAt = pace?.TimeOf(row.At) ?? row.At;
            var wait = pace is null ? TimeSpan.Zero : sentAt - DateTimeOffset.UtcNow;

            // Orders and visits go through different calls; their order is kept by sending what came before first.
            if (batch.Count > 0 && (batch.Count >= BatchLines || batch[0].Row.IsOrder != row.IsOrder || wait > Gathered))
            {
                await sender.SendAsync(batch, fault, ct);
                batch.Clear();
            }

            if (wait > Gathered)
            {
                await Task.Delay(wait, ct);
            }

            batch.Add((row, row.Json(sentAt)));
        }

        if (batch.Count > 0)
        {
            await sender.SendAsync(batch, fault, ct);
        }
    }

    private static string KeyOf(ReplayArguments arguments) =>
        arguments.Key
        ?? Environment.GetEnvironmentVariable("SMARTSERVICE_KEY")
        ?? new DemoKeys(Path.GetFullPath(arguments.Data)).Of(arguments.Tenant)?.SecretKey
        ?? throw new CommandException($"No secret key of {arguments.Tenant} is known. Give it with --key sk_… or in SMARTSERVICE_KEY.");

    /// <summary>Recorded time to time of sending: the first row happens now.</summary>
    private sealed class Pace(double speed)
    {
        private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
        private DateTimeOffset? _first;

        public DateTimeOffset TimeOf(DateTimeOffset recorded)
        {
            _first ??= recorded;
            var since = recorded - _first.Value;
            return _start + (since > TimeSpan.Zero ? since / speed : TimeSpan.Zero);
        }
    }
}
