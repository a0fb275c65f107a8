namespace SmartService.Intent.Prediction.Sequences;

/// <summary>What followed each run of the last one, two or three pages.</summary>
internal sealed class PageContexts
{
    private readonly Dictionary<long, Context>[] _contexts;
    private readonly long _base;

    public PageContexts(int[][] sessions, int pages, int orders)
    {
        // Three numbers of up to 20,000 fit a long.
        _base = pages + 1;
        _contexts = [.. Enumerable.Range(0, orders).Select(_ => new Dictionary<long, Context>())];
        foreach (var session in sessions)
        {
            for (var t = 1; t < session.Length; t++)
            {
                for (var order = 1; order <= Math.Min(orders, t); order++)
                {
                    Add(session.AsSpan(0, t), order, session[t]);
                }
            }
        }
    }

    public int Orders => _contexts.Length;

    public Context? Find(ReadOnlySpan<int> visited, int order) => _contexts[order - 1].GetValueOrDefault(Key(visited, order));

    private void Add(ReadOnlySpan<int> visited, int order, int next)
    {
        var contexts = _contexts[order - 1];
        var key = Key(visited, order);
        if (!contexts.TryGetValue(key, out var context))
        {
            contexts[key] = context = new();
        }

        context.Next[next] = context.Next.GetValueOrDefault(next) + 1;
        context.Total++;
    }

    private long Key(ReadOnlySpan<int> visited, int order)
    {
        var key = 0L;
        for (var back = 1; back <= order; back++)
        {
            key = (key * _base) + visited[^back] + 1;
        }

        return key;
    }

    public sealed class Context
    {
        public Dictionary<int, int> Next { get; } = [];

        public int Total { get; set; }
    }
}
