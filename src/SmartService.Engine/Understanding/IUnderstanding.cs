using SmartService.Domain;

namespace SmartService.Engine.Understanding;

/// <summary>Tells what a shopper's message means. Thread-safe; no text leaves the process.</summary>
public interface IUnderstanding
{
    /// <summary>Scores one message. Completes synchronously when no batch is under way.</summary>
    /// <param name="tenant">Whose model and words apply.</param>
    /// <param name="text">UTF-16 text, 1 to 4,000 characters; longer text is cut.</param>
    /// <exception cref="UnderstandingException">The model failed; the message says which file.</exception>
    ValueTask<MessageUnderstanding> UnderstandAsync(TenantId tenant, string text, CancellationToken ct);

    /// <summary>Sentence embeddings of the same space as <see cref="MessageUnderstanding.Embedding"/>, L2-normalised.</summary>
    ValueTask<float[][]> EmbedAsync(TenantId tenant, IReadOnlyList<string> texts, CancellationToken ct);

    /// <summary>Name and content hash of the model in use, for health, logs and the Q&amp;A log.</summary>
    string ModelName { get; }
}

/// <summary>What one message means.</summary>
/// <param name="Top">Up to 5 intents, most probable first. Calibrated probabilities over in-scope intents and out_of_scope.</param>
/// <param name="OutOfScope">How sure the model is that a shop cannot answer this, in [0, 1].</param>
/// <param name="Embedding">L2-normalised sentence embedding.</param>
/// <param name="Language">"ko", "zh" or "en", told by script; the customer's locale decides ties.</param>
/// <param name="Model">Name of the model that read it; null for <see cref="IUnderstanding.ModelName"/>.</param>
public sealed record MessageUnderstanding(
    IReadOnlyList<IntentScore> Top, float OutOfScope, float[] Embedding, string Language, string? Model = null)
{
    public IntentScore Best => Top.Count > 0 ? Top[0] : new(Intents.OutOfScope, 0f);
}
