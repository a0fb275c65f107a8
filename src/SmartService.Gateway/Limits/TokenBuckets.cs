using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SmartService.Gateway.Limits;

/// <summary>
/// Token buckets for any number of callers in a fixed amount of memory. Buckets live in groups of eight; a caller's
/// fingerprint picks the group. When a group is full, the caller whose bucket is fullest is forgotten: it loses nothing
/// but what it had not used, so nobody escapes a limit by crowding the table with other names.
/// </summary>
/// <remarks>Used instead of System.Threading.RateLimiting's partitions, which have no bound in number, scan all of them on a
/// timer, and cannot take a test's clock.</remarks>
internal sealed class TokenBuckets
{
    private const int Ways = 8;
    private const int Stripes = 64;
    private readonly Bucket[] _buckets;
    private readonly Lock[] _locks;
    private readonly TimeProvider _clock;
    private readonly uint _seed = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));

    /// <param name="capacity">Callers remembered at once; rounded up to a power of two, 16 bytes each.</param>
    public TokenBuckets(int capacity, TimeProvider clock)
    {
        _clock = clock;
        _buckets = new Bucket[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, Ways))];
        _locks = [.. Enumerable.Range(0, Stripes).Select(_ => new Lock())];
    }

    /// <summary>Takes one token.</summary>
    /// <returns>Zero when there was one; otherwise how long until there is.</returns>
    public TimeSpan Take(ReadOnlySpan<char> caller, double perSecond, int burst)
    {
        if (perSecond <= 0)
        {
            return TimeSpan.Zero;
        }

        var fingerprint = Fingerprint(caller);
        var group = (int)(fingerprint % (ulong)(_buckets.Length / Ways));
        var now = _clock.GetTimestamp();
        lock (_locks[group % Stripes])
        {
            ref var bucket = ref Find(_buckets.AsSpan(group * Ways, Ways), (uint)(fingerprint >> 32), now, burst);
            var gained = _clock.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond;
            var tokens = Math.Min(burst, bucket.Tokens + gained);
            bucket.At = now;
            if (tokens >= 1)
            {
                bucket.Tokens = (float)(tokens - 1);
                return TimeSpan.Zero;
            }

            bucket.Tokens = (float)tokens;
            return TimeSpan.FromSeconds((1 - tokens) / perSecond);
        }
    }

    /// <summary>Takes tokens that a caller spent elsewhere; the bucket may go below empty, by one burst at most.</summary>
    public void Spend(ReadOnlySpan<char> caller, double perSecond, int burst, int count)
    {
        if (perSecond <= 0)
        {
            return;
        }

        var fingerprint = Fingerprint(caller);
        var group = (int)(fingerprint % (ulong)(_buckets.Length / Ways));
        var now = _clock.GetTimestamp();
        lock (_locks[group % Stripes])
        {
            ref var bucket = ref Find(_buckets.AsSpan(group * Ways, Ways), (uint)(fingerprint >> 32), now, burst);
            var gained = _clock.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond;
            bucket.At = now;
            bucket.Tokens = (float)Math.Max(-burst, Math.Min(burst, bucket.Tokens + gained) - count);
        }
    }

    private static ref Bucket Find(Span<Bucket> group, uint tag, long now, int burst)
    {
        tag = tag == 0 ? 1 : tag; // 0 marks a free bucket
        var spare = 0;
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i].Tag == tag)
            {
                return ref group[i];
            }

            // A free one first, then the fullest, then the longest unused.
            if (group[spare].Tag != 0 && (group[i].Tag == 0 || group[i].Tokens > group[spare].Tokens
                || (group[i].Tokens.Equals(group[spare].Tokens) && group[i].At < group[spare].At)))
            {
                spare = i;
            }
        }

        group[spare] = new Bucket { Tag = tag, At = now, Tokens = burst };
        return ref group[spare];
    }

    /// <summary>64 bits under a seed of this process: callers cannot aim at one another's bucket.</summary>
    private ulong Fingerprint(ReadOnlySpan<char> caller)
    {
        var hash = new HashCode(); // seeded per process
        hash.AddBytes(MemoryMarshal.AsBytes(caller));
        var low = (uint)hash.ToHashCode();
        hash.Add(_seed);
        return ((ulong)(uint)hash.ToHashCode() << 32) | low;
    }

    private struct Bucket
    {
        public long At;
        public uint Tag;
        public float Tokens;
    }
}
