using SmartService.Engine.Queries;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Staff;

/// <summary>The log as CSV, streamed.</summary>
internal static class QuestionExport
{
    private const int FlushEvery = 200;

    private static readonly string[] Columns =
    [
        "at", "conversation", "number", "customer", "language", "text", "intent", "confidence", "outOfScope", "model", "outcome", "answer",
        "sourceKind", "sourceId", "sourceVersion", "answerConfidence", "reason", "helpful", "score",
    ];

    public static async Task ExportAsync(HttpContext context, Caller caller, IQuestionLog log, [AsParameters] QuestionQuery query, CancellationToken ct)
    {
        var filter = query.ToFilter();
        await using var csv = await CsvAnswer.BeginAsync(context, "questions.csv", Columns, ct);
        var rows = 0;
        await foreach (var question in log.ExportAsync(caller.Tenant, filter, ct))
        {
            Write(csv.Row, question);
            await csv.Row.EndAsync(ct);
            if (++rows % FlushEvery == 0)
            {
                await csv.FlushAsync(ct);
            }
        }
    }

    private static void Write(CsvRow row, LoggedQuestion q) => row
        .Add(q.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture))
        .Add(q.Conversation.Value).Add(q.Number).Add(q.Customer.Value).Add(q.Language).Add(q.Text).Add(q.Intent.Value)
        .Add(q.Confidence).Add(q.OutOfScope).Add(q.Model).Add(Words.ToWord(q.Outcome)).Add(q.Answer).Add(q.SourceKind).Add(q.SourceId)
        .Add(q.SourceKind is null ? null : q.SourceVersion).Add(q.AnswerConfidence).Add(q.Reason is { } reason ? Words.ToWord(reason) : null)
        .Add(q.Helpful).Add(q.Score);
}
