using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Understanding;

namespace SmartService.Gateway.Tests.World;

/// <summary>Understands nothing: every question is out of scope, so the bot hands it off. The HTTP side is under test here.</summary>
internal sealed class NoUnderstanding : IUnderstanding
{
    public string ModelName => "none@test";

    public ValueTask<MessageUnderstanding> UnderstandAsync(TenantId tenant, string text, CancellationToken ct) =>
        ValueTask.FromResult(new MessageUnderstanding([new(Intents.OutOfScope, 0.9f)], 0.9f, new float[8], "en"));

    public ValueTask<float[][]> EmbedAsync(TenantId tenant, IReadOnlyList<string> texts, CancellationToken ct) =>
        ValueTask.FromResult(texts.Select(_ => new float[8]).ToArray());
}

internal sealed class NoPrediction : IQuestionPredictor
{
    public QuestionForecast Predict(CustomerState customer, DateTimeOffset now, CampaignMoment? campaign = null) => new([], null, null, [], "none@test");
}

/// <summary>Says which entities were scrubbed; stands in where the engine under test brings no eraser.</summary>
internal sealed class RecordingEraser : IJournalErasure
{
    public ConcurrentQueue<string> Scrubbed { get; } = new();

    public ValueTask ScrubAsync(string region, EntityKey key, CancellationToken ct)
    {
        Scrubbed.Enqueue($"{region}:{key}");
        return ValueTask.CompletedTask;
    }
}
