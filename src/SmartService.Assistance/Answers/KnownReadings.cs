using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>
/// What was asked while trouble came near, with how the model read it: at a flash sale thousands ask the same few things, and they
/// are understood although the model rests. Bounded in number and in length; forgotten after minutes, so that a retrained model is heard.
/// </summary>
internal sealed class KnownReadings(AssistanceOptions options, TimeProvider time)
{
    private const int LongestText = 200;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(TenantId Tenant, string Text), (MessageUnderstanding Reading, long At)> _known = new();
    private long _forgotAt = time.GetTimestamp();
    private int _count;

    public void Keep(TenantId tenant, string text, MessageUnderstanding reading)
    {
        if (text.Length > LongestText)
        {
            return;
        }

        if (Volatile.Read(ref _count) >= options.KnownReadings)
        {
            Forget();
        }

        var key = (tenant, text.Trim());
        if (Volatile.Read(ref _count) < options.KnownReadings && _known.TryAdd(key, (reading, time.GetTimestamp())))
        {
            Interlocked.Increment(ref _count);
        }
        else if (_known.TryGetValue(key, out var old) && time.GetElapsedTime(old.At) >= Fresh)
        {
            _known[key] = (reading, time.GetTimestamp());
        }
    }

    public MessageUnderstanding? Find(TenantId tenant, string text) =>
        _known.TryGetValue((tenant, text.Trim()), out var known) && time.GetElapsedTime(known.At) < Fresh ? known.Reading : null;

    /// <summary>Makes room, at most once a minute; when all are fresh, the newcomers wait.</summary>
    private void Forget()
    {
        var forgot = Volatile.Read(ref _forgotAt);
        if (time.GetElapsedTime(forgot) < TimeSpan.FromMinutes(1) || Interlocked.CompareExchange(ref _forgotAt, time.GetTimestamp(), forgot) != forgot)
        {
            return;
        }

        foreach (var (key, known) in _known)
        {
            if (time.GetElapsedTime(known.At) >= Fresh && _known.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
