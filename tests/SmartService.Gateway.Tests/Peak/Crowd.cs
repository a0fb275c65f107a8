using System.Runtime.CompilerServices;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Tests.Peak;

/// <summary>Shoppers who come, and who come again when they are told to.</summary>
internal static class Crowd
{
    private static readonly ConditionalWeakTable<GateUnderTest, State> States = [];

    /// <summary>So many new shoppers, and those whose time to come again has come.</summary>
    public static void Step(GateUnderTest gate, string tenant, int newcomers)
    {
        var state = States.GetOrCreateValue(gate);
        gate.SentAway ??= (where, customer, said) => state.Of(where).Enqueue(customer, gate.Now + said.RetryAfter);
        var waiting = state.Of(tenant);
        while (waiting.TryPeek(out _, out var at) && at <= gate.Now)
        {
            Ask(gate, state, tenant, waiting.Dequeue());
        }

        for (var i = 0; i < newcomers; i++)
        {
            Ask(gate, state, tenant, $"{tenant}-{state.Next++}");
        }
    }

    private static void Ask(GateUnderTest gate, State state, string tenant, string customer)
    {
        var said = gate.Ask(tenant, customer);
        if (said.Kind == AdmissionKind.InLine)
        {
            state.Of(tenant).Enqueue(customer, gate.Now + said.RetryAfter);
        }
    }

    private sealed class State
    {
        private readonly Dictionary<string, PriorityQueue<string, TimeSpan>> _waiting = [];

        public PriorityQueue<string, TimeSpan> Of(string tenant)
        {
            if (!_waiting.TryGetValue(tenant, out var queue))
            {
                _waiting[tenant] = queue = new();
            }

            return queue;
        }

        public int Next { get; set; }
    }
}
