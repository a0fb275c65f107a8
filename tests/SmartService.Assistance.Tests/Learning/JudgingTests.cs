using SmartService.Assistance.Learning;
using SmartService.Domain;

namespace SmartService.Assistance.Tests.Learning;

public sealed class JudgingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Tails of the binomial distribution, by hand.</summary>
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 0, 1.0 / 32)]
    [InlineData(4, 0, 1.0 / 16)]
    [InlineData(8, 2, 56.0 / 1024)]
    [InlineData(1, 1, 3.0 / 4)]
    [InlineData(0, 7, 1)]
    public void Chance_MendedAndBroken_IsTheBinomialTail(int mended, int broken, double expected) =>
        Significance.Chance(mended, broken).ShouldBe(expected, 1e-9);

    [Fact]
    public void Chance_Thousands_IsANumber() => Significance.Chance(2_600, 2_400).ShouldBeInRange(0.001, 0.01);

    [Fact]
    public void Split_ByTime_NewestConfirmedAreHeldBackAndNothingLaterIsLearned()
    {
        var lessons = Enumerable.Range(0, 100).Select(i => Lesson(i, i % 2 == 0 ? LessonKind.Taught : LessonKind.Written)).ToArray();

        var split = LessonSplit.Of(lessons, new() { MinHeldBack = 10, HeldBackShare = 0.3 });

        split.HeldBack.Count.ShouldBe(15);
        split.HeldBack.ShouldAllBe(lesson => lesson.Kind == LessonKind.Taught && lesson.At >= split.At);
        split.Learned.ShouldAllBe(lesson => lesson.At < split.At);
        split.Learned.Count.ShouldBe(70);
    }

    [Fact]
    public void Split_OneQuestionWithTwoLessons_IsNeverOnBothSides()
    {
        var lessons = Enumerable.Range(0, 60).SelectMany(i => new[] { Lesson(i / 2, LessonKind.Helpful), Lesson(i / 2, LessonKind.Downvoted) }).ToArray();

        var split = LessonSplit.Of(lessons, new() { MinHeldBack = 10 });

        split.Learned.Select(lesson => lesson.Number).Intersect(split.HeldBack.Select(lesson => lesson.Number)).ShouldBeEmpty();
        split.HeldBack.Select(lesson => lesson.Number).ShouldBeUnique();
    }

    [Fact]
    public void Split_TooFewConfirmed_HoldsNothingBack() =>
        LessonSplit.Of([.. Enumerable.Range(0, 39).Select(i => Lesson(i, LessonKind.Taught))], new()).At.ShouldBeNull();

    [Theory]
    [InlineData("where is NP-20417?", "where is NP-00000?")]
    [InlineData("call me at 010-1234-5678", "call me at 000-0000-0000")]
    [InlineData("card 4111 1111 1111 1111 was declined", "card 0000 0000 0000 0000 was declined")]
    [InlineData("write to ada.l+x@mail.example.org please", "write to ••• please")]
    [InlineData("see https://shop.example/o/1?t=abc", "see •••")]
    [InlineData("7 days or 14 days?", "7 days or 14 days?")]
    [InlineData("주문번호 20261124001 어디예요", "주문번호 00000000000 어디예요")]
    public void Mask_PersonalData_IsGoneAndTheQuestionStays(string text, string masked) => new PersonalDataMask().Mask(text).ShouldBe(masked);

    private static LoggedLesson Lesson(int minute, LessonKind kind) =>
        new(kind, new("c-1"), kind == LessonKind.Written ? 0 : minute + 1, $"text {minute}", new IntentId("order.delay"), kind != LessonKind.Downvoted, Noon.AddMinutes(minute));
}
