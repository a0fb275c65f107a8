using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Domain.Peak;

namespace SmartService.Gateway.Peak;

/// <summary>The merchants that were busy lately. Bounded: beyond it the rest shares one line, and is treated as one merchant.</summary>
internal sealed class TenantLines(IOptions<PeakOptions> options)
{
    private const int MaxLines = 10_000;
    private readonly ConcurrentDictionary<TenantId, TenantLine> _lines = new();
    private readonly TenantLine _others = new(new(""), 1, PeakRung.Full);
    private volatile Unheard _unheard = new(PeakRung.Full, null, IsForced: false);

    /// <summary>What holds for merchants nobody has heard of for a while.</summary>
    public Unheard Unknown
    {
        get => _unheard;
        set => _unheard = value;
    }

    public IEnumerable<TenantLine> All => _lines.Values.Append(_others);

    public TenantLine Of(TenantId tenant) => _lines.TryGetValue(tenant, out var line) ? line : Add(tenant);

    public bool Knows(TenantId tenant) => _lines.ContainsKey(tenant);

    public PeakRung RungOf(TenantId tenant) => _lines.TryGetValue(tenant, out var line) ? line.Rung : _unheard.Rung;

    /// <summary>Forgets merchants that are quiet.</summary>
    public void Prune()
    {
        foreach (var (tenant, line) in _lines)
        {
            if (line is { Demand: < 0.001, Rate: < 0.001, Waiting: 0, Rehearsal: null } && line.Rung == _unheard.Rung)
            {
                _lines.TryRemove(tenant, out _);
            }
        }
    }

    private TenantLine Add(TenantId tenant)
    {
        if (_lines.Count >= MaxLines)
        {
            return _others;
        }

        var weight = options.Value.Weights.TryGetValue(tenant.Value, out var own) ? own : 1;
        var now = _unheard;
        return _lines.GetOrAdd(tenant, new TenantLine(tenant, weight, now.Rung) { Rehearsal = now.Rehearsal, IsForced = now.IsForced });
    }

    /// <param name="IsForced">Whether a person set it.</param>
    internal sealed record Unheard(PeakRung Rung, PeakRehearsal? Rehearsal, bool IsForced);
}
