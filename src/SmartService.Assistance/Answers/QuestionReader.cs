using Microsoft.Extensions.Logging;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>Understands a message, or says that the model could not.</summary>
internal sealed partial class QuestionReader(IUnderstanding understanding, AssistanceOptions options, TimeProvider time, ILogger<QuestionReader> logger)
{
    private const int MostTextLength = 4_000;

    /// <returns>Null when the model failed, took too long or gave what is no number; the shopper is then served without it.</returns>
    public async ValueTask<MessageUnderstanding?> ReadAsync(TenantId tenant, string text, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            var reading = understanding.UnderstandAsync(tenant, text.Length <= MostTextLength ? text : text[..MostTextLength], ct);
            var read = reading.IsCompletedSuccessfully ? reading.Result : await reading.AsTask().WaitAsync(options.UnderstandWithin, time, ct);
            return AreNumbers(read) ? read : throw new UnderstandingException("The model gave what is not a number.");
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // A library that crashes in managed code throws whatever it likes. None of it may cost a shopper the answer.
            LogFailed(tenant.Value, e);
            return null;
        }
    }

    /// <summary>What the Q&amp;A log keeps of the reading. Without a model's name it says that the model failed.</summary>
    public QuestionReading Note(MessageUnderstanding? reading, string language) => reading is null
        ? new(Intents.OutOfScope, 0, 0, language, "")
        : new(reading.Best.Intent, reading.Best.Probability, reading.OutOfScope, language, reading.Model ?? understanding.ModelName);

    private static bool AreNumbers(MessageUnderstanding reading) =>
        float.IsFinite(reading.OutOfScope) && reading.Top.All(score => double.IsFinite(score.Probability)) && Vectors.AreNumbers(reading.Embedding);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Error, Message = "A question to {Tenant} could not be understood; it is answered by words only or handed off")]
    private partial void LogFailed(string tenant, Exception e);
}
