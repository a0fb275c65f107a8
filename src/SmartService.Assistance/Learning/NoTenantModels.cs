using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

/// <summary>For an understanding that cannot learn: every training says so, and no tenant has a model of its own.</summary>
internal sealed class NoTenantModels : ITenantModels
{
    private const string Why = "The understanding in use has no models of tenants.";

    public string BaseModel => "";

    public ITenantModel Train(IReadOnlyList<Lesson> lessons, CancellationToken ct) => throw new UnderstandingException(Why);

    public ITenantModel Read(ReadOnlyMemory<byte> file) => throw new UnderstandingException(Why);

    public MessageUnderstanding Understand(ITenantModel? model, string text) => throw new UnderstandingException(Why);

    public void Use(TenantId tenant, ITenantModel? model)
    {
        if (model is not null)
        {
            throw new ArgumentException(Why, nameof(model));
        }
    }

    public ITenantModel? LiveOf(TenantId tenant) => null;
}
