using SmartService.Engine.Embedded;

namespace SmartService.Faults.World;

/// <summary>
/// One thread that plays a whole engine: its threads, its turns and everybody's continuations wait here, and chance says which goes next. The same
/// seed gives the same run.
/// </summary>
internal sealed class SteppedScheduler(Random chance) : TaskScheduler, IConductor
{
    private readonly List<Task> _ready = [];
    private readonly List<IThreadPoolWorkItem> _turns = [];
    private readonly List<IStepwise> _parts = [];
    private Task? _now;

    public override int MaximumConcurrencyLevel => 1;

    public long Steps { get; private set; }

    public void Add(IStepwise part) => _parts.Add(part);

    public void Queue(IThreadPoolWorkItem turns) => _turns.Add(turns);

    /// <summary>Starts something that waits for others.</summary>
    public Task Start(Func<Task> body) => Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Does one thing on this thread, now.</summary>
    public void Do(Action action)
    {
        var task = new Task(action);
        var (outer, context) = (_now, SynchronizationContext.Current);
        SynchronizationContext.SetSynchronizationContext(null); // Else continuations would go there, not here.
        try
        {
            _now = task;
            task.RunSynchronously(this);
        }
        finally
        {
            _now = outer;
            SynchronizationContext.SetSynchronizationContext(context);
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>Takes one step; false when nothing can go on by itself.</summary>
    public bool Step()
    {
        var working = _parts.Count(p => p.HasWork);
        var choices = _ready.Count + _turns.Count + working;
        if (choices == 0)
        {
            return false;
        }

        Steps++;
        var choice = chance.Next(choices);
        if (choice < _ready.Count)
        {
            var task = _ready[choice];
            _ready.RemoveAt(choice);
            Execute(task);
        }
        else if (choice < _ready.Count + _turns.Count)
        {
            var turns = _turns[choice - _ready.Count];
            _turns.RemoveAt(choice - _ready.Count);
            Do(turns.Execute);
        }
        else
        {
            var part = _parts.Where(p => p.HasWork).ElementAt(choice - _ready.Count - _turns.Count);
            Do(part.Step);
        }

        return true;
    }

    /// <summary>Steps until nothing can go on by itself, or somebody says it is enough.</summary>
    public void Run(Func<bool>? enough = null, long most = 2_000_000)
    {
        for (var steps = 0L; enough?.Invoke() != true && Step(); steps++)
        {
            if (steps > most)
            {
                throw new FaultFoundException("The engine does not come to rest.");
            }
        }
    }

    private void Execute(Task task)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;

    protected override void QueueTask(Task task) => _ready.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => ReferenceEquals(task, _now) && TryExecuteTask(task);
}
