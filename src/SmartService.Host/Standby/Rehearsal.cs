using System.Globalization;
using SmartService.Gateway;
using SmartService.Host.Demo;
using SmartService.Host.Running;

namespace SmartService.Host.Standby;

/// <summary>
/// Plays shoppers against a server of its own in this process, so that the product's code is compiled before it is needed. That server has a folder, keys and a port of
/// its own; nothing of it reaches the installation's data, its collector of figures or anybody outside.
/// </summary>
internal sealed class Rehearsal(RunArguments arguments, HostSettings settings)
{
    /// <summary>Code is compiled in full after it ran some two thousand times: what runs once a shopper too.</summary>
    private const int Shoppers = 2_500;

    /// <summary>5,000 messages in the first play: what runs once a commit or a batch runs less often than messages come.</summary>
    private const int Turns = 2;

    /// <summary>
    /// All of them go on after a second start: each conversation and its customer is read from the journal then, as after a takeover; and after a third,
    /// when their snapshots are read that the second one wrote.
    /// </summary>
    private const int TurnsAfterRestart = 1;

    private const int EventsToSnapshot = 2;

    private readonly string _folder = Path.Combine(Path.GetFullPath(settings.Data), "rehearsal");

    /// <returns>Messages that were answered.</returns>
    /// <exception cref="RehearsalException">The rehearsal's server could not be started or asked; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It is no longer wanted.</exception>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            var answered = await PlayAsync(ct);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // It waits for hours; what it has played with goes back to the system.
            return answered;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Whatever it is, a standby that has not rehearsed is better than none; who waits for it is told.
            throw new RehearsalException(e.Message, e);
        }
    }

    private async Task<int> PlayAsync(CancellationToken ct)
    {
        Clear();
        try
        {
            using var shoppers = new RehearsalShoppers(settings.RehearsalPerSecond);
            await PlayAsync(shoppers, Turns, "first", snapshotEvery: null, ct);
            await PlayAsync(shoppers, TurnsAfterRestart, "again", EventsToSnapshot, ct);
            await PlayAsync(shoppers, TurnsAfterRestart, "snapshots", EventsToSnapshot, ct);
            return shoppers.Answered;
        }
        finally
        {
            Clear();
        }
    }

    /// <param name="snapshotEvery">Null: as it is set.</param>
    private async Task PlayAsync(RehearsalShoppers shoppers, int turns, string play, int? snapshotEvery, CancellationToken ct)
    {
        var overrides = Overrides();
        if (snapshotEvery is { } events)
        {
            overrides["SmartService:Engine:SnapshotEvery"] = events.ToString(CultureInfo.InvariantCulture);
        }

        await using var app = ServerSetup.Build(arguments with
        {
            Data = _folder, Urls = "http://127.0.0.1:0", Demo = true, Standby = false, Overrides = overrides,
        });
        app.Services.PrepareKeys();
        try
        {
            await app.StartAsync(ct);
            await shoppers.PlayAsync(app.Services, Shoppers, turns, play, ct);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private Dictionary<string, string?> Overrides() => new(StringComparer.Ordinal)
    {
        [$"{HostSettings.Section}:{nameof(HostSettings.Keys)}"] = _folder,
        ["SmartService:Otlp:Endpoint"] = "",
        ["SmartService:Limits:AddressPerSecond"] = "0",
        ["SmartService:Limits:SessionsPerSecond"] = "0",
        ["SmartService:Limits:KeyPerSecond"] = "0",
        ["SmartService:Limits:ShopperPerSecond"] = "0",
        ["SmartService:Engine:FlushDelayFile"] = null,
        ["Logging:LogLevel:Default"] = "Error",
    };

    private void Clear()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}

/// <summary>A rehearsal did not come to its end.</summary>
internal sealed class RehearsalException(string message, Exception cause) : Exception(message, cause);
