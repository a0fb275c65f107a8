using SmartService.Assistance.Learning;
using SmartService.Assistance.Tests.World;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Learning;
using SmartService.Domain.Popups;
using SmartService.Engine.Queries;
using SmartService.Engine.Understanding;
using static SmartService.Domain.Conversations.ConversationEvent;

namespace SmartService.Assistance.Tests.Learning;

public sealed class TrainingTests
{
    private static async Task<LearningNews> ListenAsync(Store store)
    {
        var news = store.Get<LearningNews>();
        await news.StartAsync(default);
        return news;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        while (!holds())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static readonly EntityKey Key = LearningDesk.KeyOf(Store.Tenant);
    private static readonly TenantId Other = new("south");

    [Fact]
    public async Task Train_BetterThanTheShippedModel_GoesLiveWithItsReport()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");

        var report = await TrainAsync(store);

        (report.Verdict, report.HeldBack, report.RightBefore, report.RightAfter, report.Mended, report.Broken)
            .ShouldBe((LearningVerdict.WentLive, 20, 0, 20, 20, 0));
        report.Lessons.ShouldBe([new LessonCount("taught", 40)]);
        report.Changes.ShouldAllBe(change => change.Right == new IntentId("order.status") && change.After == change.Right);
        store.Models.LiveOf(Store.Tenant)!.Hash.ShouldBe(report.Model);
        (await StateAsync(store)).Live.ShouldBe(report.Model);
        File.Exists(Path.Combine(store.ModelFolder, "north", report.Model + ".model")).ShouldBeTrue();
    }

    [Fact]
    public async Task Train_NoBetter_LeavesWhatIsLive()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "refund", "refund.status"); // The shipped model knows that word.

        var report = await TrainAsync(store);

        report.Verdict.ShouldBe(LearningVerdict.NotBetter);
        store.Models.LiveOf(Store.Tenant).ShouldBeNull();
        Directory.Exists(Path.Combine(store.ModelFolder, "north")).ShouldBeFalse();
    }

    [Fact]
    public async Task Train_TooFewConfirmed_TrainsNothingAndSaysHowManyAreNeeded()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 39, "drop", "order.status");

        var report = await TrainAsync(store);

        (report.Verdict, report.Model).ShouldBe((LearningVerdict.TooFewConfirmed, null));
        report.Why.ShouldContain("40 are needed");
        store.Models.Trained.ShouldBeEmpty();
    }

    [Fact]
    public async Task Train_ReadsMostQuestionsDifferently_DoesNotGoLive()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        store.Log.Questions.AddRange(Enumerable.Range(0, 30).Select(i => Question("c-9", i + 1, $"{i} drop", Store.Noon.AddDays(-1))));

        var report = await TrainAsync(store);

        (report.Verdict, report.Replayed, report.Changed).ShouldBe((LearningVerdict.TooMuchChange, 30, 30));
        store.Models.LiveOf(Store.Tenant).ShouldBeNull();
    }

    [Fact]
    public async Task Train_LearnsFromThisTenantAloneAndNothingPersonal()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Other, 60, "secret", "order.cancel");
        await TeachAsync(store, Store.Tenant, 60, "ada@mail.example drop", "order.status", "order 20417");

        await TrainAsync(store);

        var texts = store.Models.Trained.ShouldHaveSingleItem().Select(lesson => lesson.Text).ToArray();
        texts.ShouldAllBe(text => text == "order 00000 ••• drop");
    }

    [Fact]
    public async Task Train_AllSignals_AreWeighedAndCounted()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        await store.SaveAsync("fee", "delivery.fee", "How much is it?", "Five.", variants: ["what does it cost"]);
        await ConverseAsync(store, "c-2", Asked(1, "carrier?"), Answered(2, 1, "order.delay"), new AnswerRated(2, false, Store.Noon));
        await ConverseAsync(store, "c-3", Asked(1, "and now?"), Answered(2, 1, "order.delay"), new HandedOff(3, 0, "Wait.", HandOffReason.Requested, Store.Noon, "op"));

        var report = await TrainAsync(store);

        report.Lessons.ToDictionary(lesson => lesson.Kind, lesson => lesson.Count)
            .ShouldBe(new Dictionary<string, int> { ["taught"] = 40, ["downvoted"] = 1, ["handed_off"] = 1 }, ignoreOrder: true);
        var weights = store.Models.Trained[0].ToLookup(lesson => (lesson.Means, lesson.Weight)).Select(same => same.Key);
        weights.ShouldBe([(true, 1.0), (false, 0.3), (false, 0.2)], ignoreOrder: true);
    }

    [Fact]
    public async Task Train_PopupClosedAndSomethingElseAsked_DoesNotMeanItsTopic()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        var at = Store.Noon.AddDays(-3);
        await ConverseAsync(store, "c-2", Asked(1, "and now?"));
        var offer = new HelpOffer(new("p-1"), Intents.OrderDelay, null, null, "Late?", "because", "parcel_late", "Soon.", [], [], 0.9);
        await store.Customers.PutAsync(
            new(Store.Tenant, Store.Ada.Value),
            [new CustomerEvent.PopupOffered(offer, "s", at.AddMinutes(-5)), new CustomerEvent.PopupReported(offer.Id, PopupOutcome.Dismissed, at.AddMinutes(-4))]);

        await TrainAsync(store);

        store.Models.Trained[0].Where(lesson => !lesson.Means).ShouldHaveSingleItem().ShouldBe(new Lesson("and now?", Intents.OrderDelay, false, 0.2));
    }

    [Fact]
    public async Task RollBack_Live_BringsBackTheShippedModelAtOnce()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        await TrainAsync(store);
        var learning = store.Get<ILearning>();

        (await learning.RollBackAsync(Store.Tenant, "mia", default)).ShouldBeNull();

        store.Models.LiveOf(Store.Tenant).ShouldBeNull();
        (await learning.RollBackAsync(Store.Tenant, "mia", default)).ShouldBe(LearningRefusal.NothingToRollBack);
    }

    [Fact]
    public async Task RollBack_ToAnOwnModel_ReadsItFromItsFile()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        var first = await TrainAsync(store);
        await TeachAsync(store, Store.Tenant, 120, "unstash", "order.cancel", conversation: "c-8");
        var second = await TrainAsync(store);
        second.Verdict.ShouldBe(LearningVerdict.WentLive, second.Why);

        await store.Get<ILearning>().RollBackAsync(Store.Tenant, "mia", default);

        store.Models.LiveOf(Store.Tenant)!.Hash.ShouldBe(first.Model);
    }

    [Fact]
    public async Task RollBack_DuringATraining_IsNotUndoneByIt()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        await TrainAsync(store);
        await TeachAsync(store, Store.Tenant, 120, "unstash", "order.cancel", conversation: "c-8");
        store.Models.Open.Reset();
        var run = store.Get<ILearning>().Start(Store.Tenant, "mia")!;
        await store.Get<ILearning>().RollBackAsync(Store.Tenant, "mia", default);
        store.Models.Open.Set();
        await store.Get<TrainingQueue>().WhenIdleAsync();

        store.Get<ILearning>().Find(Store.Tenant, run.Id)!.Report!.Verdict.ShouldBeOneOf(LearningVerdict.Overtaken, LearningVerdict.WentLive);
        var live = (await StateAsync(store)).Live;
        store.Models.LiveOf(Store.Tenant)?.Hash.ShouldBe(live);
        (store.Models.LiveOf(Store.Tenant) is null).ShouldBe(live is null);
    }

    [Fact]
    public async Task Start_NextStart_UsesWhatTheJournalCallsLive()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        var report = await TrainAsync(store);
        store.Models.Use(Store.Tenant, null); // As after a restart.

        await store.LoadModelsAsync();

        store.Models.LiveOf(Store.Tenant)!.Hash.ShouldBe(report.Model);
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("gone")]
    [InlineData("of another shipped model")]
    public async Task Start_ModelCannotBeUsed_ShippedOneAnswersAndItShows(string how)
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        var report = await TrainAsync(store);
        var file = Path.Combine(store.ModelFolder, "north", report.Model + ".model");
        switch (how)
        {
            case "damaged":
                var bytes = await File.ReadAllBytesAsync(file);
                bytes[^5] ^= 1;
                await File.WriteAllBytesAsync(file, bytes);
                break;
            case "gone":
                File.Delete(file);
                break;
            default:
                store.Models.BaseModel = "base-2";
                break;
        }

        await store.LoadModelsAsync();

        var learning = store.Get<ILearning>();
        store.Models.LiveOf(Store.Tenant).ShouldBeNull();
        learning.RefusedModels.ShouldBe(1);
        var overview = await learning.ReadAsync(Store.Tenant, default);
        (overview.IsInUse, overview.Fault).ShouldNotBe((true, null));

        (await TrainAsync(store)).Verdict.ShouldBe(LearningVerdict.WentLive);
        learning.RefusedModels.ShouldBe(0);
    }

    [Fact]
    public async Task News_MadeLiveOrTakenBackElsewhere_HoldsHere()
    {
        await using var store = await Store.OpenAsync();
        using var news = await ListenAsync(store);
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        var report = await TrainAsync(store);
        store.Models.Use(Store.Tenant, null); // As on a gateway that did not train it.
        news.Changed(Key);
        await UntilAsync(() => store.Models.LiveOf(Store.Tenant)?.Hash == report.Model);

        await store.Learnings.HandleAsync(Key, new LearningCommand.RollBack("mia", Store.Noon), default);
        news.Changed(Key);
        await UntilAsync(() => store.Models.LiveOf(Store.Tenant) is null);
        await news.StopAsync(default);
    }

    [Fact]
    public async Task News_ModelCannotBeReadYet_IsTriedAgain()
    {
        await using var store = await Store.OpenAsync();
        using var news = await ListenAsync(store);
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        var report = await TrainAsync(store);
        store.Models.Use(Store.Tenant, null);
        var file = Path.Combine(store.ModelFolder, "north", report.Model + ".model");
        File.Move(file, file + ".away");
        news.Changed(Key);
        await UntilAsync(() => store.Get<ILearning>().RefusedModels == 1);

        File.Move(file + ".away", file);
        await UntilAsync(() => store.Models.LiveOf(Store.Tenant)?.Hash == report.Model);
        store.Get<ILearning>().RefusedModels.ShouldBe(0);
        await news.StopAsync(default);
    }

    [Fact]
    public async Task Forget_Everything_LeavesNoFileAndScrubsTheJournal()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        await TrainAsync(store);

        await store.Get<ILearning>().ForgetAsync(Store.Tenant, "mia", default);

        store.Models.LiveOf(Store.Tenant).ShouldBeNull();
        Directory.Exists(Path.Combine(store.ModelFolder, "north")).ShouldBeFalse();
        store.Scheduler.Scrubbed.ShouldBe([("learning", Key)]);
        (await StateAsync(store)).Taught.ShouldBeEmpty();
    }

    [Fact]
    public async Task Queue_TwoTenants_OneIsTrainedWhileTheOtherWaits()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        store.Models.Open.Reset();
        var learning = store.Get<ILearning>();

        var first = learning.Start(Store.Tenant, "mia")!;
        await store.Models.Entered.Task;
        var second = learning.Start(Other, "mia")!;

        learning.Start(Other, "kim").ShouldBe(second);
        learning.Find(Store.Tenant, first.Id)!.State.ShouldBe(LearningRunState.Training);
        learning.Find(Other, second.Id)!.State.ShouldBe(LearningRunState.Waiting);
        learning.Find(Other, first.Id).ShouldBeNull();
        store.Models.Open.Set();
        await store.Get<TrainingQueue>().WhenIdleAsync();
        learning.Find(Other, second.Id)!.State.ShouldBe(LearningRunState.Done);
    }

    [Fact]
    public async Task Night_Comes_TrainsWhoHasNewLessonsAndSetsTheNext()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status");
        store.Directory.Tenants.Add(Other);
        var nightly = store.Get<NightlyTraining>();
        await nightly.ArmAsync(default);
        var reminder = store.Scheduler.Reminders.Values.ShouldHaveSingleItem();
        reminder.Due.ShouldBe(new DateTimeOffset(2026, 11, 25, 3, 0, 0, TimeSpan.Zero));
        store.Clock.Now = reminder.Due;

        await nightly.HandleAsync(reminder, default);
        await store.Get<TrainingQueue>().WhenIdleAsync();

        (await StateAsync(store)).Reports.ShouldHaveSingleItem().Asker.ShouldBe("nightly");
        (await store.Learnings.ReadAsync(LearningDesk.KeyOf(Other), default)).Reports.ShouldBeEmpty();
        store.Scheduler.Reminders.Values.ShouldHaveSingleItem().Due.ShouldBe(reminder.Due.AddDays(1));

        await nightly.HandleAsync(reminder, default); // Nothing is new.
        await store.Get<TrainingQueue>().WhenIdleAsync();
        (await StateAsync(store)).Reports.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Night_CutOff_IsNotMovedToTheNext()
    {
        await using var store = await Store.OpenAsync();
        var nightly = store.Get<NightlyTraining>();
        await nightly.ArmAsync(default);
        var reminder = store.Scheduler.Reminders.Values.ShouldHaveSingleItem();
        store.Clock.Now = reminder.Due;
        store.Directory.Fails = true;
        await Should.ThrowAsync<InvalidOperationException>(async () => await nightly.HandleAsync(reminder, default));
        store.Scheduler.Reminders.Values.ShouldHaveSingleItem().Due.ShouldBe(reminder.Due);
        store.Directory.Fails = false;
        await nightly.HandleAsync(reminder, default);
        store.Scheduler.Reminders.Values.ShouldHaveSingleItem().Due.ShouldBe(reminder.Due.AddDays(1));
        await store.Get<TrainingQueue>().WhenIdleAsync();
    }

    [Fact]
    public async Task Night_TurnedOff_IsNotArmed()
    {
        await using var store = await Store.OpenAsync();
        await store.Get<NightlyTraining>().ArmAsync(default);
        store.Get<AssistanceOptions>().Learning.NightlyHour = -1;

        await store.Get<NightlyTraining>().ArmAsync(default);

        store.Scheduler.Reminders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Changes_QuestionForgottenSince_IsLeftOut()
    {
        await using var store = await Store.OpenAsync();
        await TeachAsync(store, Store.Tenant, 60, "drop", "order.status", "order 20417");
        var report = await TrainAsync(store);
        store.Log.Questions.RemoveAll(question => question.Number == report.Changes[0].Number);

        var changes = await store.Get<ILearning>().ChangesAsync(Store.Tenant, report, default);

        changes.Count.ShouldBe(report.Changes.Length - 1);
        changes.ShouldAllBe(change => change.Question == "order 00000 drop");
    }

    [Fact]
    public async Task Teach_UnknownQuestion_IsRefused()
    {
        await using var store = await Store.OpenAsync();

        (await store.Get<ILearning>().TeachAsync(Store.Tenant, new("c-1"), 1, new("order.status"), "mia", default)).ShouldBe(LearningRefusal.QuestionNotFound);
    }

    /// <summary>A conversation of questions that end in a word, each taught to mean an intent; one a minute.</summary>
    private static async Task TeachAsync(
        Store store, TenantId tenant, int questions, string lastWord, string intent, string? start = null, string conversation = "c-1")
    {
        var first = store.Log.Questions.Count;
        var asked = new List<ConversationEvent>();
        for (var i = 1; i <= questions; i++)
        {
            var text = $"{start ?? "where is my"} {lastWord}".Replace("where is my", "hm", StringComparison.Ordinal);
            var at = Store.Noon.AddDays(-2).AddMinutes(first + i);
            asked.Add(new CustomerAsked(i, $"m-{i}", text, new(Intents.OutOfScope, 0.9, 0.9, "en", "m"), at));
            if (tenant == Store.Tenant)
            {
                store.Log.Questions.Add(Question(conversation, i, text, at));
            }

            var teach = new LearningCommand.Teach(new(new(conversation), i, new(intent), "mia", at), at);
            await store.Learnings.HandleAsync(LearningDesk.KeyOf(tenant), teach, default);
        }

        await store.Conversations.PutAsync(new(tenant, conversation), [new Opened(Store.Ada, "en", null, Store.Noon), .. asked]);
    }

    private static async Task ConverseAsync(Store store, string conversation, params ConversationEvent[] events)
    {
        var asked = events.OfType<CustomerAsked>().First();
        store.Log.Questions.Add(Question(conversation, asked.Number, asked.Text, asked.At));
        await store.Conversations.PutAsync(new(Store.Tenant, conversation), [new Opened(Store.Ada, "en", null, Store.Noon), .. events]);
    }

    private static CustomerAsked Asked(int number, string text) => new(number, $"m-{number}", text, new(Intents.OrderDelay, 0.9, 0.1, "en", "m"), Store.Noon.AddDays(-3));

    private static BotAnswered Answered(int number, int replies, string intent) =>
        new(number, replies, new(intent), "So.", new AnswerSource("rule", "r", 0), 0.9, [], Store.Noon);

    private static async Task<LearningReport> TrainAsync(Store store)
    {
        var run = store.Get<ILearning>().Start(Store.Tenant, "mia")!;
        await store.Get<TrainingQueue>().WhenIdleAsync();
        return store.Get<ILearning>().Find(Store.Tenant, run.Id)!.Report.ShouldNotBeNull();
    }

    private static async Task<LearningState> StateAsync(Store store) => await store.Learnings.ReadAsync(Key, default);

    private static LoggedQuestion Question(string conversation, int number, string text, DateTimeOffset at) => new(
        new(conversation), number, Store.Ada, at, text, "en", Intents.OutOfScope, 0.9, 0.9, "keywords@1",
        QuestionOutcome.Waiting, null, null, null, 0, null, null, null, null);
}
