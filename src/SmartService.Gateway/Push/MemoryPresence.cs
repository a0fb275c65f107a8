using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Engine.Feeds;

namespace SmartService.Gateway.Push;

/// <summary>Who types now, on this machine. Bounded; an engine that spans machines brings its own.</summary>
internal sealed class MemoryPresence(TimeProvider clock) : IPresence
{
    private const int MaxTyping = 100_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(TenantId, CustomerId), long> _typing = new();

    public void Typing(TenantId tenant, CustomerId customer, bool typing)
    {
        if (!typing)
        {
            _typing.TryRemove((tenant, customer), out _);
            return;
        }

        if (_typing.Count >= MaxTyping)
        {
            Forget();
        }

        _typing[(tenant, customer)] = clock.GetTimestamp();
    }

    public bool IsTyping(TenantId tenant, CustomerId customer) =>
        _typing.TryGetValue((tenant, customer), out var since) && clock.GetElapsedTime(since) < Remembered;

    /// <summary>Drops those who stopped without saying so; all of them when that is not enough.</summary>
    private void Forget()
    {
        foreach (var (who, since) in _typing)
        {
            if (clock.GetElapsedTime(since) >= Remembered)
            {
                _typing.TryRemove(who, out _);
            }
        }

        if (_typing.Count >= MaxTyping)
        {
            _typing.Clear();
        }
    }
}
