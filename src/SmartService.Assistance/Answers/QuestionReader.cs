using Microsoft.Extensions.Logging;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Peak;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>Understands a message, or says that the model could not.</summary>
internal sealed partial class QuestionReader(
    IUnderstanding understanding, IServiceLevel service, KnownReadings known, AssistanceOptions options, TimeProvider time, ILogger<QuestionReader> logger)
{
    private const int MostTextLength = 4_000;

    /// <summary>Stands where a model's name would: by words alone because too many asked at once, not because the model failed.</summary>
    private const string Resting = "resting";

    /// <summary>Whether the model rests for this tenant, because too many ask at once.</summary>
    public bool Rests(TenantId tenant) => service.RungOf(tenant) >= PeakRung.QnaOnly;

    /// <returns>Null when the model rests and has not read this before, failed, took too long or gave what is no number; the shopper is then served without it.</returns>
    public async ValueTask<MessageUnderstanding?> ReadAsync(TenantId tenant, string text, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var rung = service.RungOf(tenant);
        if (rung >= PeakRung.QnaOnly)
        {
            return known.Find(tenant, text);
        }

        try
        {
            var reading = understanding.UnderstandAsync(tenant, text.Length <= MostTextLength ? text : text[..MostTextLength], ct);
            var read = reading.IsCompletedSuccessfully ? reading.Result : await reading.AsTask().WaitAsync(options.UnderstandWithin, time, ct);
            if (!AreNumbers(read))
            {
                throw new UnderstandingException("The model gave what is not a number.");
            }

            if (rung == PeakRung.PopupsPaused)
            {
                known.Keep(tenant, text, read); // Trouble is near: what is read now need not be read again.
            }

            return read;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // A library that crashes in managed code throws whatever it likes. None of it may cost a shopper the answer.
            LogFailed(tenant.Value, e);
            return null;
        }
    }

    /// <summary>What the Q&amp;A log keeps of the reading. Without a model's name it says that the model failed.</summary>
    public QuestionReading Note(TenantId tenant, MessageUnderstanding? reading, string language) => reading is null
        ? Unread(language) with { Model = Rests(tenant) ? Resting : "" }
        : new(reading.Best.Intent, reading.Best.Probability, reading.OutOfScope, language, reading.Model ?? understanding.ModelName);

    /// <summary>The reading of a text that no model looked at.</summary>
    public static QuestionReading Unread(string language) => new(Intents.OutOfScope, 0, 0, language, "");

    private static bool AreNumbers(MessageUnderstanding reading) =>
        float.IsFinite(reading.OutOfScope) && reading.Top.All(score => double.IsFinite(score.Probability)) && Vectors.AreNumbers(reading.Embedding);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Error, Message = "A question to {Tenant} could not be understood; it is answered by words only or handed off")]
    private partial void LogFailed(string tenant, Exception e);
}
