using SmartService.Assistance.Tests.World;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Knowledge;
using SmartService.Engine.Queries;

namespace SmartService.Assistance.Tests.Review;

public sealed class ReviewTests
{
    private static readonly DateTimeOffset Since = Store.Noon.AddDays(-7);

    [Fact]
    public async Task Clusters_QuestionsInAnyOrder_AreTheSameGroups()
    {
        await using var store = await Store.OpenAsync();
        var questions = Unanswered("can I pay by instalment", "can I pay in instalment please", "do you wrap gifts", "could you wrap my gifts", "분할 결제 되나요");
        store.Log.Questions.AddRange(questions);
        var clusters = await ClustersAsync(store);
        store.Log.Questions.Clear();
        store.Log.Questions.AddRange(questions.Reverse());

        var again = await ClustersAsync(store);

        again.Select(cluster => (cluster.Id, cluster.Count)).ShouldBe(clusters.Select(cluster => (cluster.Id, cluster.Count)));
        clusters.Select(cluster => cluster.Question).ShouldContain("can I pay by instalment");
        clusters.First(cluster => cluster.Question == "can I pay by instalment").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Clusters_PersonAskedForOrComplaint_AreLeftOut()
    {
        await using var store = await Store.OpenAsync();
        store.Log.Questions.Add(Question(1, "let me talk to a person") with { Reason = HandOffReason.Requested });
        store.Log.Questions.Add(Question(2, "terrible service") with { Reason = HandOffReason.Complaint });

        (await ClustersAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Propose_Twice_GrowsTheSameCandidates()
    {
        await using var store = await Store.OpenAsync();
        store.Log.Questions.AddRange(Unanswered("can I pay by instalment"));
        var review = store.Get<IReview>();

        (await review.ProposeAsync(Store.Tenant, Since, default)).ShouldBe(1);
        (await review.ProposeAsync(Store.Tenant, Since, default)).ShouldBe(0);
        store.Log.Questions.Add(Question(9, "can I pay by instalment please"));
        (await review.ProposeAsync(Store.Tenant, Since, default)).ShouldBe(1);

        (await StateAsync(store)).Candidates.Values.ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Propose_Downvoted_NamesTheItemItWouldChange()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee", "delivery.fee", "Fee?", "Five.");
        store.Log.Questions.Add(Question(1, "delivery fee") with { Outcome = QuestionOutcome.Answered, Helpful = false, SourceKind = "qna", SourceId = "fee" });

        await store.Get<IReview>().ProposeAsync(Store.Tenant, Since, default);

        var candidate = (await StateAsync(store)).Candidates.Values.ShouldHaveSingleItem();
        candidate.Origin.ShouldBe(CandidateOrigin.Downvoted);
        candidate.Replaces.ShouldBe(new ItemId("fee"));
    }

    [Fact]
    public async Task Correct_LoggedQuestion_IsAConfirmedCandidate()
    {
        await using var store = await Store.OpenAsync();
        store.Log.Questions.Add(Question(1, "can I pay by instalment"));

        var outcome = await store.Get<IReview>().CorrectAsync(Store.Tenant, new("c-1"), 1, Content("Instalments?", "Up to 6 months."), null, "mia", default);

        (await StateAsync(store)).Candidates[outcome!.Candidate!].Status.ShouldBe(CandidateStatus.Confirmed);
    }

    [Fact]
    public async Task Correct_UnknownQuestion_IsNull()
    {
        await using var store = await Store.OpenAsync();

        (await store.Get<IReview>().CorrectAsync(Store.Tenant, new("c-1"), 1, Content("Q?", "A."), null, "mia", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Correct_BadContent_IsRefusedNamingTheFields()
    {
        await using var store = await Store.OpenAsync();
        store.Log.Questions.Add(Question(1, "can I pay by instalment"));

        var outcome = (await store.Get<IReview>().CorrectAsync(Store.Tenant, new("c-1"), 1, Content("", "Dear {nobody.knows}."), null, "mia", default))!;

        (outcome.Candidate, outcome.Refusal).ShouldBe((null, KnowledgeRefusal.BadContent));
        outcome.Faults.Select(fault => fault.Field).ShouldBe(["question", "answer"]);
        (await StateAsync(store)).Candidates.ShouldBeEmpty();
    }

    [Fact]
    public async Task Correct_ReplacesAnItemThatIsNotThere_IsRefused()
    {
        await using var store = await Store.OpenAsync();
        store.Log.Questions.Add(Question(1, "can I pay by instalment"));

        var outcome = (await store.Get<IReview>().CorrectAsync(Store.Tenant, new("c-1"), 1, Content("Q?", "A."), new("gone"), "mia", default))!;

        (outcome.Candidate, outcome.Refusal).ShouldBe((null, KnowledgeRefusal.ItemNotFound));
    }

    [Fact]
    public async Task Correct_WithAnIntentOrAnItemThatHasOne_TeachesIt()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee", "delivery.fee", "Fee?", "Five.");
        store.Log.Questions.AddRange([Question(1, "instalment"), Question(2, "what do you take for it"), Question(3, "hm")]);
        var review = store.Get<IReview>();

        await review.CorrectAsync(Store.Tenant, new("c-1"), 1, Content("Q?", "A.", "payment.method"), null, "mia", default);
        await review.CorrectAsync(Store.Tenant, new("c-1"), 2, Content("Fee?", "Six."), new("fee"), "mia", default);
        await review.CorrectAsync(Store.Tenant, new("c-1"), 3, Content("Hm?", "Hm."), null, "mia", default);

        var taught = (await store.Learnings.ReadAsync(new(Store.Tenant, "learning"), default)).Taught;
        taught.ToDictionary(pair => pair.Key, pair => pair.Value.Intent.Value)
            .ShouldBe(new Dictionary<string, string> { ["c-1#1"] = "payment.method", ["c-1#2"] = "delivery.fee" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Propose_AnsweredByAPersonAfterHandOff_OffersThatAnswerMasked()
    {
        await using var store = await Store.OpenAsync();
        store.Log.Questions.Add(Question(1, "can I pay by instalment") with { Outcome = QuestionOutcome.AgentAnswered, Answer = "Up to 6 months, ask at 010-1234-5678." });
        store.Log.Questions.Add(Question(2, "let me talk to a person") with { Outcome = QuestionOutcome.AgentAnswered, Answer = "Hi!", Reason = HandOffReason.Requested });
        store.Log.Questions.Add(Question(3, "asked while a person was there") with { Outcome = QuestionOutcome.AgentAnswered, Answer = "Yes.", Reason = null });

        (await store.Get<IReview>().ProposeAsync(Store.Tenant, Since, default)).ShouldBe(1);
        (await store.Get<IReview>().ProposeAsync(Store.Tenant, Since, default)).ShouldBe(0);

        var candidate = (await StateAsync(store)).Candidates.Values.ShouldHaveSingleItem();
        (candidate.Origin, candidate.Status, candidate.Content).ShouldBe((CandidateOrigin.PersonAnswered, CandidateStatus.Waiting, null));
        candidate.Suggested.ShouldBe("Up to 6 months, ask at [phone].");
        (await ClustersAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Replay_NewAnswer_IsAGainAndIsJournalled()
    {
        await using var store = await Store.OpenAsync();
        store.Log.Questions.Add(Question(1, "can I pay by instalment"));
        store.Log.Questions.Add(Question(2, "purple monkeys"));
        await ReleaseAsync(store, Content("Can I pay by instalment?", "Up to 6 months.", "payment.installment"), null);

        var outcome = await store.Get<IReview>().ReplayAsync(Store.Tenant, "r-1", 7, default);

        outcome.Refusal.ShouldBeNull();
        (outcome.Report!.Questions, outcome.Report.Changed, outcome.Report.Gains, outcome.Report.Losses).ShouldBe((2, 1, 1, 0));
        outcome.Report.Changes[0].After.ShouldBe("Up to 6 months.");
        (await StateAsync(store)).Releases[0].Status.ShouldBe(ReleaseStatus.Replayed);
        (await StateAsync(store)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Replay_AnswerTakenAway_IsALoss()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee", "delivery.fee", "How much is the delivery fee?", "Five.");
        store.Log.Questions.Add(Question(1, "What is the delivery fee?"));
        await ReleaseAsync(store, Content("Do you have gift cards?", "Yes.", "promo.gift"), new("fee"));

        var report = (await store.Get<IReview>().ReplayAsync(Store.Tenant, "r-1", 7, default)).Report!;

        (report.Losses, report.Gains).ShouldBe((1, 0));
        report.Changes[0].Before.ShouldBe("Five.");
    }

    [Fact]
    public async Task Replay_UnknownRelease_IsRefused()
    {
        await using var store = await Store.OpenAsync();

        (await store.Get<IReview>().ReplayAsync(Store.Tenant, "none", 7, default)).Refusal.ShouldBe(KnowledgeRefusal.ReleaseNotFound);
    }

    private static async Task ReleaseAsync(Store store, ItemContent content, ItemId? replaces)
    {
        var id = (await store.Get<IReview>().CorrectAsync(Store.Tenant, new("c-1"), 1, content, replaces, "mia", default))!.Candidate;
        var reply = await store.Knowledge.HandleAsync(Store.KnowledgeKey, new KnowledgeCommand.BuildRelease("r-1", [id!], null, "mia", Store.Noon), default);
        reply.Refusal.ShouldBeNull();
    }

    private static async Task<IReadOnlyList<QuestionCluster>> ClustersAsync(Store store) =>
        await store.Get<IReview>().ClustersAsync(Store.Tenant, Since, 50, default);

    private static async Task<KnowledgeState> StateAsync(Store store) => await store.Knowledge.ReadAsync(Store.KnowledgeKey, default);

    private static ItemContent Content(string question, string answer, string? intent = null) =>
        new(intent is null ? null : new(intent), question, [], answer, "en", []);

    private static LoggedQuestion[] Unanswered(params string[] texts) => [.. texts.Select((text, i) => Question(i + 1, text))];

    private static LoggedQuestion Question(int number, string text) => new(
        new("c-1"), number, Store.Ada, Store.Noon.AddHours(number - 20), text, text[0] > 'z' ? "ko" : "en", new("payment.installment"), 0.9, 0.1, "keywords@1",
        QuestionOutcome.HandedOff, null, null, null, 0, null, HandOffReason.Unanswered, null, null);
}
