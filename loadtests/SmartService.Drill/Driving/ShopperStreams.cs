using System.Net;
using SmartService.Drills.Checking;
using SmartService.Drills.Shoppers;
using SmartService.Drills.Stores;

namespace SmartService.Drill.Driving;

/// <summary>The open streams of the shoppers who keep one.</summary>
internal sealed class ShopperStreams : IDisposable
{
    private static readonly TimeSpan OpenWithin = TimeSpan.FromMinutes(2);
    private readonly Drills.Drill _drill;
    private readonly Store _store;
    private readonly Meter _meter;
    private readonly ShopperStream?[] _streams;

    public ShopperStreams(Drills.Drill drill, Store store, Ledger ledger, Meter meter, EndPoint address)
    {
        (_drill, _store, _meter) = (drill, store, meter);
        _streams = [.. store.Shoppers.Select(s => s.KeepsStream
            ? new ShopperStream(s, store, ledger, meter, address, popup => PopupCame?.Invoke(s, popup))
            : null)];
    }

    public Action<Shopper, string>? PopupCame { get; init; }

    public int Count => _streams.Count(s => s is not null);

    public async Task OpenAllAsync(CancellationToken ct)
    {
        foreach (var stream in _streams)
        {
            stream?.Open();
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(OpenWithin);
        while (_streams.Any(s => s is { IsConnected: false }))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public void Leave(int journey) => Of(journey)?.Close();

    public void Return(int journey) => Of(journey)?.Open();

    /// <summary>Breaks every stream at once; each comes back by itself.</summary>
    public void BreakAll()
    {
        foreach (var stream in _streams)
        {
            stream?.Break();
        }
    }

    /// <summary>Waits until nothing more comes: what the server still has for a stream belongs to it.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        if (Count == 0)
        {
            return;
        }

        await OpenAllAsync(ct);
        var (seen, still) = (-1L, 0);
        for (var looks = 0; looks < 150 && still < 10; looks++)
        {
            await Task.Delay(100, ct);
            still = _meter.Pushes == seen ? still + 1 : 0;
            seen = _meter.Pushes;
        }
    }

    public async Task CloseAllAsync()
    {
        foreach (var stream in _streams)
        {
            stream?.Close();
        }

        await Task.WhenAll(_streams.Select(s => s?.Ended ?? Task.CompletedTask));
    }

    public void Dispose()
    {
        foreach (var stream in _streams)
        {
            stream?.Close();
        }
    }

    /// <summary>Imports and clicks belong to no journey, journeys without a stream have none.</summary>
    private ShopperStream? Of(int journey) => _streams[_store.ShopperOf(_drill, journey, IsNoisy(journey))];

    public required Func<int, bool> IsNoisy { get; init; }
}
