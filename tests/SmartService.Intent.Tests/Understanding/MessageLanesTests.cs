using SmartService.Engine.Understanding;

namespace SmartService.Intent.Tests.Understanding;

public sealed class MessageLanesTests
{
    [Fact]
    public async Task Wait_AllLanesTaken_WhateverWaitsBecomesOneBatch()
    {
        var batches = new List<string[]>();
        var lanes = new MessageLanes(1, 10, texts =>
        {
            batches.Add(texts);
            return [.. texts.Select(Answer)];
        });
        lanes.TryEnter().ShouldBeTrue();
        lanes.TryEnter().ShouldBeFalse();
        var waiting = Enumerable.Range(0, 3).Select(i => lanes.WaitAsync($"m{i}", CancellationToken.None)).ToArray();
        waiting.ShouldAllBe(w => !w.IsCompleted);

        lanes.Leave();
        var answers = await Task.WhenAll(waiting);
        answers.Select(a => a.Language).ShouldBe(["m0", "m1", "m2"]);
        batches.ShouldHaveSingleItem().ShouldBe(["m0", "m1", "m2"]);
    }

    [Fact]
    public async Task Wait_LaneFreeByNow_IsServed()
    {
        var lanes = new MessageLanes(1, 10, texts => [.. texts.Select(Answer)]);
        (await lanes.WaitAsync("late", CancellationToken.None)).Language.ShouldBe("late");
    }

    [Fact]
    public async Task Wait_TooMany_IsRefused()
    {
        var lanes = new MessageLanes(1, 2, texts => [.. texts.Select(Answer)]);
        lanes.TryEnter().ShouldBeTrue();
        var first = lanes.WaitAsync("1", CancellationToken.None);
        var second = lanes.WaitAsync("2", CancellationToken.None);
        await Should.ThrowAsync<UnderstandingException>(() => lanes.WaitAsync("3", CancellationToken.None));
        lanes.Leave();
        (await Task.WhenAll(first, second)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Wait_ModelFails_FailsForAllWhoWaitAndTheLaneIsFreeAgain()
    {
        var lanes = new MessageLanes(1, 10, _ => throw new UnderstandingException("broken"));
        lanes.TryEnter().ShouldBeTrue();
        var waiting = new[] { lanes.WaitAsync("1", CancellationToken.None), lanes.WaitAsync("2", CancellationToken.None) };
        lanes.Leave();
        foreach (var one in waiting)
        {
            (await Should.ThrowAsync<UnderstandingException>(() => one)).Message.ShouldBe("broken");
        }

        await Should.ThrowAsync<UnderstandingException>(() => lanes.WaitAsync("3", CancellationToken.None));
    }

    [Fact]
    public async Task Wait_CallerGivesUp_IsNotRead()
    {
        var read = new List<string>();
        var lanes = new MessageLanes(1, 10, texts =>
        {
            read.AddRange(texts);
            return [.. texts.Select(Answer)];
        });
        lanes.TryEnter().ShouldBeTrue();
        using var giveUp = new CancellationTokenSource();
        var gone = lanes.WaitAsync("gone", giveUp.Token);
        var stays = lanes.WaitAsync("stays", CancellationToken.None);
        await giveUp.CancelAsync();
        lanes.Leave();
        (await stays).Language.ShouldBe("stays");
        await Should.ThrowAsync<OperationCanceledException>(() => gone);
        read.ShouldBe(["stays"]);
    }

    private static MessageUnderstanding Answer(string text) => new([], 0, [], text);
}
