using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using SmartService.Domain;
using SmartService.Domain.Tests;
using SmartService.Engine.Embedded.Mailboxes;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

public sealed class MailboxTableTests
{
    /// <summary>Adds and removals in any order leave what a dictionary would hold.</summary>
    [Fact]
    public void Table_AnyOrderOfChanges_HoldsWhatADictionaryWould() =>
        Check.One(Properties.Config, Prop.ForAll<(bool Add, byte Key)[]>(HoldsWhatADictionaryWould));

    [Fact]
    public void Remove_AnotherMailboxOfTheKey_LeavesTheStandingOne()
    {
        var table = new MailboxTable<Box>();
        var standing = table.GetOrAdd(new(Key(1)), out _);
        table.Remove(new(Key(1)));
        table.TryGet(Key(1), out var found).ShouldBeTrue();
        found.ShouldBeSameAs(standing);
    }

    /// <summary>Everybody who asks for a key gets the same mailbox, while the table grows and others leave it.</summary>
    [Fact]
    public async Task GetOrAdd_FromManyThreads_GivesOneMailboxPerKey()
    {
        var table = new MailboxTable<Box>();
        var kept = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var mine = new Box[20_000];
            for (var i = 0; i < mine.Length; i++)
            {
                mine[i] = table.TryGet(Key(i), out var found) ? found : table.GetOrAdd(new(Key(i)), out var _);
                table.Remove(table.GetOrAdd(new(new(new("leaving"), $"{Environment.CurrentManagedThreadId}-{i}")), out var _));
            }

            return mine;
        })));
        table.Count.ShouldBe(20_000);
        foreach (var boxes in kept)
        {
            boxes.SequenceEqual(kept[0], ReferenceEqualityComparer.Instance).ShouldBeTrue();
        }
    }

    private static bool HoldsWhatADictionaryWould((bool Add, byte Key)[] changes)
    {
        var table = new MailboxTable<Box>();
        var model = new Dictionary<EntityKey, Box>();
        foreach (var (add, number) in changes)
        {
            var key = Key(number);
            if (add)
            {
                var box = table.GetOrAdd(new(key), out var added);
                if (added != model.TryAdd(key, box) || model[key] != box)
                {
                    return false;
                }
            }
            else if (model.Remove(key, out var box))
            {
                table.Remove(box);
            }
        }

        return table.Count == model.Count
            && table.Each().ToHashSet().SetEquals(model.Values)
            && model.All(pair => table.TryGet(pair.Key, out var found) && found == pair.Value);
    }

    private static EntityKey Key(int number) => new(new("shop"), $"k{number}");

    private sealed class Box(EntityKey key) : ILinkedMailbox<Box>
    {
        private Box? _next;

        public EntityKey Key => key;

        public Box? Next
        {
            get => Volatile.Read(ref _next);
            set => Volatile.Write(ref _next, value);
        }
    }
}
