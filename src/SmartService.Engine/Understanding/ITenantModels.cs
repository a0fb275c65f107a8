using SmartService.Domain;

namespace SmartService.Engine.Understanding;

/// <summary>
/// Tenants' own models over the shipped one. A tenant's model is trained on that tenant's lessons alone and reads that tenant's
/// messages alone. Thread-safe.
/// </summary>
public interface ITenantModels
{
    /// <summary>Content hash of the shipped model that tenants' models are made for.</summary>
    string BaseModel { get; }

    /// <summary>Trains a model. Seconds of work on the caller's thread; the same lessons give the same bytes.</summary>
    /// <param name="lessons">At most <see cref="Lesson.Most"/>; older ones first.</param>
    /// <exception cref="UnderstandingException">There is nothing to learn from.</exception>
    ITenantModel Train(IReadOnlyList<Lesson> lessons, CancellationToken ct);

    /// <summary>Reads a model as <see cref="ITenantModel.File"/> has it. It may be made for another shipped model; then it cannot be used.</summary>
    /// <exception cref="UnderstandingException">It is damaged, or of a format this program does not know.</exception>
    ITenantModel Read(ReadOnlyMemory<byte> file);

    /// <summary>Reads one message without touching what is live.</summary>
    /// <param name="model">Null: the shipped model.</param>
    MessageUnderstanding Understand(ITenantModel? model, string text);

    /// <summary>Makes a model read the tenant's messages from now on. Messages being read finish with the former one; nobody waits.</summary>
    /// <param name="model">Null: the shipped model.</param>
    /// <exception cref="ArgumentException">The model was made for another shipped model.</exception>
    void Use(TenantId tenant, ITenantModel? model);

    /// <summary>The tenant's own model in use; null when it is the shipped one.</summary>
    ITenantModel? LiveOf(TenantId tenant);
}

/// <summary>A tenant's own model. Immutable.</summary>
public interface ITenantModel
{
    /// <summary>SHA-256 of the content, hex.</summary>
    string Hash { get; }

    /// <summary>Content hash of the shipped model it was made for.</summary>
    string BaseModel { get; }

    /// <summary>The model as stored: sealed by its hash, no text in it.</summary>
    ReadOnlyMemory<byte> File { get; }
}

/// <summary>Something to learn from: a message means an intent, or does not mean it.</summary>
/// <param name="Text">The message, personal data masked.</param>
/// <param name="Weight">How much it counts, above 0, at most 1.</param>
public sealed record Lesson(string Text, IntentId Intent, bool Means, double Weight)
{
    public const int Most = 10_000;
}
